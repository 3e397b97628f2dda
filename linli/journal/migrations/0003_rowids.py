"""The triggers anew: on SQLite a row is not replaced by way of its rowid either."""

from django.db import migrations

from linli.journal import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [("journal", "0002_triggers")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
