# Plain PGXS: `make && make install` with any pg_config.  The suites run on a
# private tree and a throw-away cluster: `make check` (= test/run), `make demo`.
EXTENSION  = inefficient_land
EXTVERSION = $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(EXTENSION).control)
MODULE_big = $(EXTENSION)
OBJS       = $(patsubst %.c,%.o,$(sort $(wildcard src/core/*.c src/bridge/*.c src/pg/*.c src/fn/*.c)) src/module.c)

TOPICS     = $(sort $(wildcard sql/install/[0-9][0-9]_*.sql))
DATA_built = sql/$(EXTENSION)--$(EXTVERSION).sql
DATA       = $(wildcard sql/upgrade/*.sql sql/release/*.sql)

# One pg_regress file per topic; `install` comes first because it creates the extension.
REGRESS        = install $(filter-out install,$(sort $(notdir $(basename $(wildcard test/sql/*.sql)))))
REGRESS_OPTS   = --inputdir=test --no-locale --encoding=UTF8
ISOLATION      = $(sort $(notdir $(basename $(wildcard test/specs/*.spec))))
ISOLATION_OPTS = --inputdir=test --outputdir=.
TAP_TESTS      = 1
PROVE_TESTS    = test/t/*.pl

PG_CONFIG  ?= pg_config
PG_CPPFLAGS = -Isrc -isystem $(shell $(PG_CONFIG) --includedir-server) \
              -DIL_VERSION=\"$(EXTVERSION)\" \
              -D'PGDLLEXPORT=__attribute__((visibility("default")))'
PG_CFLAGS   = -std=gnu11 -fvisibility=hidden -ffp-contract=off -Wall -Wextra $(WERROR)
SHLIB_LINK  = -lgeos_c -lproj -Wl,-Bsymbolic

EXTRA_CLEAN = build results output_iso tmp_check regression.diffs regression.out

# Targets that set themselves up need neither PGXS nor an installed server.
OWN_TARGETS = check demo bench fuzz twin
ifneq (,$(filter $(OWN_TARGETS),$(MAKECMDGOALS)))
check:
	test/run
demo:
	demo/run
bench:
	test/bench/run $(SIZE)
fuzz:
	FUZZ_SECONDS=$(or $(SECONDS),300) FUZZ_RUNS=$(RUNS) test/run fuzz
twin:
	TWIN_RULESETS=4200 TEST_TIMEOUT=3600 ONLY=040_criterion_twin test/run tap
.PHONY: $(OWN_TARGETS)
else

PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# The server was built by gcc, whose flags PGXS hands on; clang does not know these.
ifneq (,$(findstring clang,$(CC)))
override CFLAGS := $(filter-out -fexcess-precision=standard -Wimplicit-fallthrough=3 \
                     -Wno-format-truncation -Wno-stringop-truncation,$(CFLAGS))
endif

# The JIT compiles the bitcode for the machine at hand: no fused multiply-add there either.
override BITCODE_CFLAGS += -ffp-contract=off

src/core/%.o: CFLAGS += -Wconversion -Wshadow
# every object sees every header and this file: the tree is small, a stale object is not worth the risk
$(OBJS) $(OBJS:.o=.bc): $(wildcard src/*/*.h) Makefile

# the server of the demo runs from build/
clean: stop-demo
stop-demo:
	@test ! -f build/demo/server || demo/stop
.PHONY: stop-demo

$(DATA_built): $(TOPICS) $(EXTENSION).control
	cat $(TOPICS) > $@

endif
