#!/usr/bin/env bash
# the library exports only what PostgreSQL looks up
library=build/gcc/inefficient_land.so
[ -f "$library" ] || { echo "$library is not built"; exit 1; }
readelf --dyn-syms --wide "$library" | awk '
    $7 != "UND" && $5 ~ /GLOBAL|WEAK/ {
        seen++
        if ($8 !~ /^(il_[a-z0-9_]+|pg_finfo_il_[a-z0-9_]+|_PG_init|Pg_magic_func)$/) {
            print "exported: " $8
            bad = 1
        }
    }
    END {
        if (seen < 4) {
            print "no exported symbols were seen"
            bad = 1
        }
        exit bad
    }'
