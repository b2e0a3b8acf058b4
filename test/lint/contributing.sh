#!/usr/bin/env bash
# CONTRIBUTING.md names every folder and every file that it names exists
bad=0
complain() { echo "$*"; bad=1; }
while IFS= read -r -d '' folder; do
    folder=${folder#./}
    case $folder in
        results | tmp_check | output_iso | */__pycache__ | test/fuzz/seed*) continue ;;
    esac
    # a folder that only holds named folders, or that no file is in
    [ -n "$(find "$folder" -maxdepth 1 -type f ! -name 'inefficient_land--*.sql' -print -quit)" ] || continue
    [ "$folder" != test ] || continue
    grep -q -F "\`$folder/\`" CONTRIBUTING.md || complain "CONTRIBUTING.md does not name $folder/"
done < <(find . -mindepth 1 \( -path ./.git -o -path ./build \) -prune -o -type d -print0)
for name in $(grep -o '`[^` ]*`' CONTRIBUTING.md | tr -d '`' | grep / | grep -v -E 'NN|NNN|/topic|/name|^sql/(upgrade|release)/$|^build'); do
    [ -e "$name" ] || complain "CONTRIBUTING.md names $name, which does not exist"
done
awk '
    function close_section() { if (title != "" && n != 5) { print title " has " n + 0 " lines, not five"; bad = 1 } }
    /^## An? / { close_section(); title = $0; n = 0; sections++ }
    /^## [^A]/ { close_section(); title = "" }
    /^[0-9]\. / { n++ }
    END { close_section(); if (sections != 4) { print sections " sections on how to add something, not four"; bad = 1 }; exit bad }
' CONTRIBUTING.md || bad=1
[ "$(wc -l <CONTRIBUTING.md)" -le 80 ] || complain 'CONTRIBUTING.md is longer than a page'
exit $bad
