#!/usr/bin/env bash
# every test has its expected output and every expected output its test
shopt -s nullglob
bad=0
complain() { echo "$*"; bad=1; }
for file in test/sql/*.sql test/specs/*.spec; do
    name=$(basename "$file")
    name=${name%.*}
    [ -f "expected/$name.out" ] || complain "$file has no expected/$name.out"
    [[ $name =~ ^[a-z][a-z0-9_]*$ ]] || complain "$file: not lower_snake"
done
for file in expected/*; do
    name=$(basename "$file" .out)
    [ -f "test/sql/$name.sql" ] || [ -f "test/specs/$name.spec" ] || complain "$file has no test"
done
for file in test/specs/*.spec; do
    name=$(basename "$file" .spec)
    [ ! -f "test/sql/$name.sql" ] || complain "$name is a topic and a spec: one expected output"
done
# pg_regress would take sql/T.sql instead of test/sql/T.sql without a word
for file in sql/*.sql; do
    [ ! -f "test/$file" ] || complain "$file shadows test/$file"
done
for file in sql/install/*; do
    [[ $file =~ /[0-9][0-9]_[a-z][a-z0-9_]*\.sql$ ]] || complain "$file is not NN_topic.sql"
done
for file in test/t/*; do
    [[ $file =~ /[0-9]{3}_[a-z][a-z0-9_]*\.(pl|py|sql)$ ]] || complain "$file is not NNN_name.pl"
done
exit $bad
