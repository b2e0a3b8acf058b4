#!/usr/bin/env bash
# includes go strictly downward, and src/core knows no library but C's
# Floors: core 0, bridge 1, pg 2, fn 3, module.c 4.  A floor may include itself,
# except that files of fn never include each other.
awk '
function floor_of(path) {
    if (path ~ /^core\//) return 0
    if (path ~ /^bridge\//) return 1
    if (path ~ /^pg\//) return 2
    if (path ~ /^fn\//) return 3
    if (path ~ /^module\./) return 4
    return -1
}
function complain(why) { printf "%s:%d: %s: %s\n", FILENAME, FNR, why, $0; bad = 1 }
BEGIN {
    c11 = "^(assert|complex|ctype|errno|fenv|float|inttypes|limits|math|stdalign|stdarg|stdbool|" \
          "stddef|stdint|stdio|stdlib|stdnoreturn|string|tgmath|time)\\.h$"
}
FNR == 1 { own = FILENAME; sub(/^src\//, "", own); mine = floor_of(own); first = 1 }
/^[ \t]*#[ \t]*include/ {
    name = $0
    sub(/^[^<"]*[<"]/, "", name); sub(/[>"].*/, "", name)
    theirs = floor_of(name)
    if (theirs > mine)
        complain("includes upward")
    if (mine == 3 && theirs == 3)
        complain("a file of fn includes another")
    if (name ~ /^\.\.?\//)
        complain("include is not written from src/")
    if (mine == 0 && theirs != 0 && name !~ c11)
        complain("src/core includes more than C11")
    if (mine >= 2 && own ~ /\.c$/ && first && name != "postgres.h")
        complain("postgres.h does not come first")
    if (mine != 1 && name ~ /^(geos_c\.h|geos\/|proj\.h|geodesic\.h)/)
        complain("GEOS and PROJ belong to src/bridge")
    first = 0
}
END { exit bad }
' $(find src -name '*.[ch]' | sort)
