# tally.awk - reads TAP, prints "passed failed skipped"; -v status=N is the exit
# status of the program.  A plan that is missing or wrong, a bad status without
# a failed line is a failure, and so is an expected failure: silence is not success.
/^1\.\.0/ && tolower($0) ~ /# *skip/ { skipped++; planned = -1; next }
/^1\.\.[0-9]+/ { planned = substr($1, 4) + 0; has_plan = 1; next }
/^not ok/ { seen++; failed++; next }
/^ok/ {
    seen++
    if (tolower($0) ~ /# *skip/)
        skipped++
    else
        passed++
}
END {
    if (planned != -1 && (!has_plan || planned != seen))
        failed++
    else if (status != 0 && !failed)
        failed++
    print passed + 0, failed + 0, skipped + 0
}
