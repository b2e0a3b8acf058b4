/*
 * stored_form.h - reader of the bytes in which PostGIS keeps a geometry
 */
#ifndef IL_CORE_STORED_FORM_H
#define IL_CORE_STORED_FORM_H

#include "core/ring.h"

/* data: what follows the length word of the value, in either kind of header */
extern IlReadStatus il_stored_form_read(const unsigned char *data, size_t size, IlRingList *list);

#endif
