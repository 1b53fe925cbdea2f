#!/usr/bin/env bash
# Every suite, one after another; the first that fails ends it. The last line adds up what passed.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin="$PWD/.venv/bin"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
export PYTHONDONTWRITEBYTECODE=1 COVERAGE_FILE="$scratch/coverage"
unset ATTUNE_TEST_DATABASE TEST_DATABASE_URL PYTEST_ADDOPTS PYTHONPATH DJANGO_SETTINGS_MODULE
passed=0

# A suite: its name in plain words, then the command. Pytest's own sum is read from its last line.
suite() {
  local name="$1" said="$scratch/said"
  shift
  echo "== $name"
  if ! "$@" 2>&1 | tee "$said"; then
    echo "This failed: $name. Nothing after it was run." >&2
    exit 1
  fi
  local count
  count="$(grep -oE '[0-9]+ passed' "$said" | tail -n 1 | cut -d ' ' -f 1)" || true
  if test -z "$count"; then
    echo "This ran no test: $name." >&2
    exit 1
  fi
  # Elsewhere a test of one database is skipped on the other; in the browser nothing is.
  if [[ "$name" == *"ourneys, on"* && "$name" != All* ]] && grep -qE '[0-9]+ skipped' "$said"; then
    echo "This skipped a test, which no journey may: $name." >&2
    exit 1
  fi
  passed=$((passed + count))
}

not_journeys=(-m 'not journey and not deep' tests)

suite "All but journeys, on SQLite, with coverage" \
  "$bin/pytest" -n 2 --cov --cov-report= "${not_journeys[@]}"
"$bin/coverage" report >"$scratch/report" || true
tail -n 12 "$scratch/report"
"$bin/coverage" report --fail-under=90 >/dev/null || {
  echo "Less than 90 % of the code is covered: \`coverage report\` above says where." >&2
  exit 1
}

for part in attune_science attune/care; do
  "$bin/coverage" report --include="src/$part/*" --fail-under=95 >"$scratch/report" || {
    tail -n 20 "$scratch/report"
    echo "Less than 95 % of src/$part is covered." >&2
    exit 1
  }
done

suite "All but journeys, on PostgreSQL" \
  env ATTUNE_TEST_DATABASE=postgres "$bin/pytest" -n 2 "${not_journeys[@]}"

suite "Journeys, on SQLite" \
  "$bin/pytest" -m journey tests/journeys

suite "Three journeys, on PostgreSQL" \
  env ATTUNE_TEST_DATABASE=postgres "$bin/pytest" -m journey \
  tests/journeys/test_journey_one_check_in_one_brief.py \
  tests/journeys/test_journey_danger.py \
  tests/journeys/test_journey_refused.py

# The science in an environment without the server: if it leans on Django anywhere, this cannot import.
"$bin/python" -m venv --without-pip "$scratch/alone"
# The lock's hashes cover more packages than these: as constraints its names and versions are enough.
sed -E 's/[[:space:]]*--hash=[^[:space:]]+//g; s/[[:space:]]*\\$//' requirements/dev.lock | grep -E '^[a-z0-9]' >"$scratch/versions"
VIRTUAL_ENV="$scratch/alone" "$bin/uv" pip install -q --python "$scratch/alone/bin/python" --constraint "$scratch/versions" pytest hypothesis . ./packs/restricted
if "$scratch/alone/bin/python" -c 'import django' 2>/dev/null; then
  echo "The environment for the science holds Django, so it would prove nothing." >&2
  exit 1
fi
suite "The science, alone" \
  "$scratch/alone/bin/pytest" -c tests/science.ini \
  tests/spec tests/unit/attune_science tests/properties/attune_science

echo "$passed passed, 0 failed"
