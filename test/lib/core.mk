# core.mk - src/core as plain programs under the address and the
# undefined-behaviour sanitizer: unit tests (with gcc) and fuzz targets (with clang).
# Each program is linked with all of src/core.
#   make -f test/lib/core.mk unit | fuzz        from the top folder

OUT    := build/sanitized
CORE   := $(sort $(wildcard src/core/*.c))
HEADER := $(wildcard src/core/*.h test/unit/*.h test/fuzz/*.h) test/lib/core.mk
FLAGS  := -std=c11 -D_GNU_SOURCE -Isrc -g -O1 -ffp-contract=off -fno-omit-frame-pointer \
          -fno-sanitize-recover=all -Wall -Wextra -Werror
STRICT := -Wconversion -Wshadow
FUZZ_CC ?= clang-14

UNIT := $(patsubst test/unit/%.c,$(OUT)/unit/%,$(sort $(wildcard test/unit/*_test.c)))
FUZZ := $(patsubst test/fuzz/%.c,$(OUT)/fuzz/%,$(sort $(wildcard test/fuzz/*_fuzz.c)))

unit: $(UNIT)
fuzz: $(FUZZ)
.PHONY: unit fuzz
.SECONDARY:

$(OUT)/unit/core/%.o: src/core/%.c $(HEADER)
	@mkdir -p $(@D)
	gcc $(FLAGS) $(STRICT) -fsanitize=address,undefined -c -o $@ $<

$(OUT)/fuzz/core/%.o: src/core/%.c $(HEADER)
	@mkdir -p $(@D)
	$(FUZZ_CC) $(FLAGS) $(STRICT) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<

$(OUT)/unit/%_test: test/unit/%_test.c $(CORE:src/%.c=$(OUT)/unit/%.o) $(HEADER)
	@mkdir -p $(@D)
	gcc $(FLAGS) -fsanitize=address,undefined -o $@ $(filter %.c %.o,$^) -lm

$(OUT)/fuzz/%_fuzz: test/fuzz/%_fuzz.c $(CORE:src/%.c=$(OUT)/fuzz/%.o) $(HEADER)
	@mkdir -p $(@D)
	$(FUZZ_CC) $(FLAGS) -fsanitize=fuzzer,address,undefined -o $@ $(filter %.c %.o,$^) -lm
