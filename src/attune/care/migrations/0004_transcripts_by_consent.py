"""What a client agreed to: the transcript of one session, until they take it back."""

import attune.base.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0003_a_check_in_of_several_instruments'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=attune.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('terms', models.CharField(max_length=16)),
                ('how', models.CharField(choices=[('paper', 'on paper, signed'), ('phone', 'by phone')], max_length=8)),
                ('given_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='care.participant')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='care.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('participant', 'session'), name='one_standing_consent_a_session')],
            },
        ),
    ]
