/*
 * ewkb.h - reader of extended well-known binary, what PostGIS sends to clients
 */
#ifndef IL_CORE_EWKB_H
#define IL_CORE_EWKB_H

#include "core/ring.h"

extern IlReadStatus il_ewkb_read(const unsigned char *data, size_t size, IlRingList *list);

#endif
