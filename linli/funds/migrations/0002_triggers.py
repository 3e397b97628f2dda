"""The triggers that guard the books."""

from django.db import migrations

from linli.journal import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [("funds", "0001_initial"), ("journal", "0002_triggers")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
