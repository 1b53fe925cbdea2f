
import attune.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OwnerKey',
            fields=[
                ('id', models.UUIDField(default=attune.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('episode', 'Episode'), ('transcript', 'Transcript'), ('staff', 'Staff')], max_length=12)),
                ('owner', models.UUIDField()),
                ('wrapped', models.BinaryField()),
                ('master', models.CharField(max_length=16)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'kind'), name='one_key_an_owner')],
            },
        ),
    ]
