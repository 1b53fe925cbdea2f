
import attune.audit.triggers
import attune.base.ids
import django.db.models.deletion
from django.db import migrations, models


def guard(apps, schema_editor):
    attune.audit.triggers.reinstall(schema_editor)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=attune.base.ids.new_id, editable=False, unique=True)),
                ('at', models.DateTimeField()),
                ('actor', models.UUIDField(null=True)),
                ('actor_kind', models.CharField(choices=[('person', 'Person'), ('machine', 'Machine'), ('anonymous', 'Anonymous')], max_length=12)),
                ('verb', models.CharField(max_length=40)),
                ('subject_kind', models.CharField(blank=True, max_length=40)),
                ('subject', models.UUIDField(null=True)),
                ('episode', models.UUIDField(null=True)),
                ('shown', models.CharField(blank=True, max_length=64)),
                ('prev', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Shown',
            fields=[
                ('id', models.UUIDField(default=attune.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shown_persons', to='audit.event', to_field='id')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
