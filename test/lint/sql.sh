#!/usr/bin/env bash
# the install script only creates, and takes no right that it need not have
bad=0
# refuse PATTERN WHY: comments and the texts of COMMENT may speak of anything
refuse()
{
    local found
    found=$(grep -n -i -E "$1" sql/install/*.sql | grep -v -E ':[0-9]+: *--|:COMMENT ON' |
        grep -vE 'GRANT (USAGE ON SCHEMA inefficient_land|SELECT ON [a-z_, ]+) TO PUBLIC')
    if [ -n "$found" ]; then
        echo "$2:"
        echo "$found"
        bad=1
    fi
}
refuse '\<or +replace\>' 'OR REPLACE takes over what a stranger made'
refuse '\<if +not +exists\>' 'IF NOT EXISTS accepts what a stranger made'
refuse '\<security +definer\>' 'SECURITY DEFINER'
refuse '\<leakproof\>' 'LEAKPROOF'
refuse '^ *do +(\$|language)' 'a DO block'
refuse "['\$\"]@ext(schema|owner)" 'a placeholder inside quotes'
refuse '\<(insert +into|update|delete +from) +(pg_catalog\.)?pg_([a-su-z]|t[a-df-z])[a-z]*' 'a change of the catalog'
refuse '^ *grant\>.*\<to +public\>' 'a grant to PUBLIC beyond reading'
exit $bad
