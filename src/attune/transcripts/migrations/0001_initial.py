"""Transcripts, each sealed with a key of its own, and what rules find in them."""

import attune.base.ids
import attune.vault.sealed
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('care', '0004_transcripts_by_consent'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Transcript',
            fields=[
                ('id', models.UUIDField(default=attune.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('format', models.CharField(max_length=16)),
                ('version', models.CharField(max_length=16)),
                ('uploaded_at', models.DateTimeField()),
                ('measures', models.JSONField()),
                ('content', attune.vault.sealed.Sealed('transcripts.transcript.content')),
                ('episode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transcripts', to='care.episode')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='transcript', to='care.session')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=attune.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('utterance', models.PositiveIntegerField()),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('code', models.CharField(max_length=40)),
                ('rule', models.CharField(max_length=60)),
                ('version', models.CharField(max_length=16)),
                ('contested_by', models.CharField(blank=True, choices=[('client', 'Client'), ('therapist', 'Therapist')], max_length=12)),
                ('contested_at', models.DateTimeField(null=True)),
                ('transcript', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='transcripts.transcript')),
            ],
            options={
                'indexes': [models.Index(fields=['transcript', 'code'], name='transcripts_transcr_d1478c_idx')],
                'constraints': [models.UniqueConstraint(fields=('transcript', 'utterance', 'start', 'end', 'code', 'rule'), name='one_finding_a_place')],
            },
        ),
    ]
