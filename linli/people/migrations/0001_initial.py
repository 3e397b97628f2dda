"""The first tables of the people floor."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('person', models.UUIDField(null=True)),
                ('channel', models.CharField(max_length=20)),
                ('purpose', models.CharField(max_length=40)),
                ('recipient_sealed', models.TextField()),
                ('text_sealed', models.TextField()),
                ('made', models.BigIntegerField()),
                ('sent', models.BigIntegerField(null=True)),
                ('tries', models.SmallIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sent__isnull', True)), fields=['made'], name='message_waiting'), models.Index(fields=['person', 'made'], name='message_of_person')],
            },
        ),
        migrations.CreateModel(
            name='Opened',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('field', models.CharField(max_length=12)),
                ('by', models.UUIDField()),
                ('role', models.CharField(max_length=40)),
                ('place', models.CharField(max_length=17)),
                ('case', models.UUIDField(null=True)),
                ('reason_sealed', models.TextField()),
                ('at', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='opened_at'), models.Index(fields=['person', 'at'], name='opened_of_person'), models.Index(fields=['by', 'at'], name='opened_by'), models.Index(fields=['place', 'at'], name='opened_place')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('mask', models.CharField(default='', max_length=4)),
                ('name_sealed', models.TextField(default='')),
                ('phone_sealed', models.TextField(default='')),
                ('name_hash', models.CharField(max_length=64, null=True)),
                ('phone_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('made', models.BigIntegerField()),
                ('erased', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['name_hash'], name='person_by_name')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=40, null=True, unique=True)),
                ('phone_verified', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('demo', models.BooleanField(default=False)),
                ('made', models.BigIntegerField()),
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='account', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('name_zh', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=40)),
                ('region', models.CharField(max_length=17)),
                ('contact_sealed', models.TextField(default='')),
                ('closed', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['region', 'kind'], name='unit_of_region')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=40)),
                ('region', models.CharField(max_length=17)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='people.person')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='people.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=40)),
                ('given', models.BigIntegerField()),
                ('withdrawn', models.BigIntegerField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn__isnull', True)), fields=('person', 'purpose'), name='consent_once')],
            },
        ),
        migrations.CreateModel(
            name='Substitution',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to='people.duty')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='substitution_ends_after_start')],
            },
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(fields=['region', 'role', 'starts'], name='duty_of_region'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='duty_ends_after_start'),
        ),
    ]
