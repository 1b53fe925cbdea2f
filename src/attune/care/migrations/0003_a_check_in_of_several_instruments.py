"""A check-in may ask several instruments: an invitation lists its parts, and each part has its own response."""

import attune.base.ids
import django.db.models.deletion
from django.db import migrations, models


def list_the_one_part(apps, schema_editor):
    """Every invitation so far asked one instrument."""
    Invitation = apps.get_model("care", "Invitation")
    for invitation in Invitation.objects.using(schema_editor.connection.alias).all():
        invitation.asked = [[invitation.instrument, invitation.version, invitation.form]]
        invitation.save(update_fields=["asked"])


def name_the_first_part(apps, schema_editor):
    """Back again: what else was asked cannot be said by an older program."""
    Invitation = apps.get_model("care", "Invitation")
    for invitation in Invitation.objects.using(schema_editor.connection.alias).all():
        invitation.instrument, invitation.version, invitation.form = invitation.asked[0]
        invitation.save(update_fields=["instrument", "version", "form"])


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0002_an_hour_is_promised_once'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.UUIDField(default=attune.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('instrument', models.CharField(max_length=40)),
                ('every', models.PositiveSmallIntegerField()),
                ('chosen_by', models.CharField(choices=[('therapist', 'Therapist'), ('client', 'Client')], max_length=16)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, choices=[('therapist', 'Therapist'), ('client', 'Client')], max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.UUIDField(default=attune.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('instrument', models.CharField(max_length=40)),
                ('version', models.CharField(max_length=24)),
                ('text', models.TextField()),
                ('loaded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='response',
            name='one_first_response_an_invitation',
        ),
        migrations.AddField(
            model_name='invitation',
            name='asked',
            field=models.JSONField(default=list),
            preserve_default=False,
        ),
        migrations.RunPython(list_the_one_part, name_the_first_part),
        migrations.RemoveField(
            model_name='invitation',
            name='form',
        ),
        migrations.RemoveField(
            model_name='invitation',
            name='instrument',
        ),
        migrations.RemoveField(
            model_name='invitation',
            name='version',
        ),
        migrations.AlterField(
            model_name='response',
            name='submission',
            field=models.UUIDField(),
        ),
        migrations.AlterField(
            model_name='response',
            name='version',
            field=models.CharField(max_length=24),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('invitation', 'instrument'), name='one_first_response_a_part'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.UniqueConstraint(fields=('submission', 'instrument'), name='one_response_a_submission'),
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='participant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questionnaires', to='care.participant'),
        ),
        migrations.AddField(
            model_name='wording',
            name='loaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddConstraint(
            model_name='questionnaire',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('participant', 'instrument'), name='one_rhythm_a_questionnaire'),
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('instrument',), name='one_wording_at_a_time'),
        ),
    ]
