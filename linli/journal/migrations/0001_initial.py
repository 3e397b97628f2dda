"""The tables of the journal."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('root', models.BinaryField()),
                ('heads', models.IntegerField()),
                ('entries', models.BigIntegerField()),
                ('hash_name', models.CharField(max_length=8)),
                ('prev', models.BinaryField()),
                ('signature', models.BinaryField()),
                ('public_key', models.BinaryField()),
                ('made', models.BigIntegerField()),
            ],
            options={
                'db_table': 'journal_anchor',
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('stream', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('shard', models.CharField(max_length=12)),
                ('seq', models.IntegerField()),
                ('hash', models.BinaryField()),
            ],
            options={
                'db_table': 'journal_head',
            },
        ),
        migrations.CreateModel(
            name='Content',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('entry', models.UUIDField()),
                ('shard', models.CharField(max_length=12)),
                ('part', models.SmallIntegerField()),
                ('person', models.UUIDField(null=True)),
                ('salt', models.BinaryField()),
                ('body', models.TextField()),
            ],
            options={
                'db_table': 'journal_content',
                'indexes': [models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='content_of_person')],
                'constraints': [models.UniqueConstraint(fields=('shard', 'entry', 'part'), name='content_place_once')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('stream', models.UUIDField()),
                ('kind', models.CharField(max_length=8)),
                ('shard', models.CharField(max_length=12)),
                ('seq', models.IntegerField()),
                ('action', models.CharField(max_length=80)),
                ('actor', models.UUIDField(null=True)),
                ('role', models.CharField(max_length=40)),
                ('happened', models.BigIntegerField()),
                ('recorded', models.BigIntegerField()),
                ('definition', models.CharField(max_length=80)),
                ('effect', models.TextField()),
                ('digests', models.TextField()),
                ('prev', models.BinaryField()),
                ('hash', models.BinaryField()),
                ('hash_name', models.CharField(max_length=8)),
                ('key', models.CharField(max_length=200)),
                ('request', models.BinaryField()),
            ],
            options={
                'db_table': 'journal_entry',
                'indexes': [models.Index(condition=models.Q(('action', 'erased')), fields=['stream'], name='entry_erased')],
                'constraints': [models.UniqueConstraint(fields=('shard', 'stream', 'seq'), name='entry_place_once'), models.UniqueConstraint(fields=('shard', 'key'), name='entry_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('stream', models.UUIDField()),
                ('seq', models.IntegerField()),
                ('hash', models.BinaryField()),
            ],
            options={
                'db_table': 'journal_leaf',
                'constraints': [models.UniqueConstraint(fields=('stream', 'day'), name='leaf_once')],
            },
        ),
    ]
