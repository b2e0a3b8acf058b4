#!/usr/bin/env bash
# files are short, clean UTF-8 without leftovers; C fits its lines and functions
bad=0
complain() { echo "$*"; bad=1; }

mapfile -d '' -t files < <(find . \( -name .git -o -name build -o -name results -o -name tmp_check \
    -o -name output_iso -o -name __pycache__ -o -path ./expected -o -path ./test/fuzz/seed \) \
    -prune -o -type f ! -name '*.o' ! -name '*.bc' ! -name '*.so' ! -name '*.png' \
    ! -name 'regression.*' ! -path './sql/inefficient_land--*' -print0 | sort -z)

for file in "${files[@]}"; do
    iconv -f UTF-8 -t UTF-8 "$file" >/dev/null 2>&1 || complain "$file: not UTF-8"
    [ -z "$(tail -c 1 "$file")" ] || complain "$file: the last line has no end"
    lines=$(wc -l <"$file")
    [[ $lines -le 800 || $file == *.md ]] || complain "$file: $lines lines"
done

# refuse PATTERN WHY
refuse()
{
    local found
    found=$(grep -n -I -P "$1" "${files[@]}" | grep -v '^\./test/lint/')
    if [ -n "$found" ]; then
        complain "$2:"
        echo "$found"
    fi
}
refuse '\r$' 'carriage return'
refuse '[ \t]+$' 'blank at the end of a line'
refuse '\b(TODO|FIXME|XXX|HACK)\b' 'unfinished'
refuse '(^|[^A-Za-z./])/work/' 'a path of one machine'

while IFS= read -r -d '' file; do
    expand -t 4 "$file" | LC_ALL=C awk -v "file=$file" '
        { wide = $0; gsub(/[\200-\277]/, "", wide) }
        length(wide) > 100 { printf "%s:%d: %d columns\n", file, FNR, length(wide); bad = 1 }
        /^\{/ { from = FNR }
        /^\}/ && from {
            if (FNR - from > 65 && $0 == "}") {
                printf "%s:%d: a function of %d lines\n", file, from, FNR - from + 1
                bad = 1
            }
            from = 0
        }
        /^[ ]*\/\/|;[ ]+\/\// { printf "%s:%d: a // comment\n", file, FNR; bad = 1 }
        END { exit bad }' || bad=1
done < <(find src test/unit test/fuzz -name '*.[ch]' -print0 2>/dev/null)
exit $bad
