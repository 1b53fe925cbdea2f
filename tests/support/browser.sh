#!/usr/bin/env bash
# What journeys need of this machine: Debian's Chromium, and fonts for every script that the pages write.
set -euo pipefail

missing=()
test -x /usr/bin/chromium || missing+=(chromium)
fc-list 2>/dev/null | grep -qi 'NotoSans' || ls /usr/share/fonts/truetype/noto/NotoSans*-Regular.ttf >/dev/null 2>&1 || missing+=(fonts-noto-core)
test ${#missing[@]} -eq 0 && exit 0

ask="On Debian: apt-get install ${missing[*]}"
if ! command -v apt-get >/dev/null; then
  echo "The journeys need ${missing[*]}, and this system has no apt-get. Put Chromium at /usr/bin/chromium." >&2
  exit 1
fi
as_root=()
if test "$(id -u)" -ne 0; then
  if ! sudo -n true 2>/dev/null; then
    echo "The journeys need ${missing[*]}, and installing needs root. $ask" >&2
    exit 1
  fi
  as_root=(sudo -n)
fi
echo "Installing for the journeys: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq || echo "The lists of packages could not be renewed; trying with those at hand." >&2
"${as_root[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null || {
  echo "Installing did not work. $ask" >&2
  exit 1
}
test -x /usr/bin/chromium || {
  echo "Chromium was installed, but not to /usr/bin/chromium." >&2
  exit 1
}
