/*
 * criterion_lex.h - words and signs of a criterion
 */
#ifndef IL_CORE_CRITERION_LEX_H
#define IL_CORE_CRITERION_LEX_H

#include "core/criterion.h"

typedef enum IlTokenKind
{
	IL_TOKEN_END,
	IL_TOKEN_NAME,				/* text folded to lower case */
	IL_TOKEN_QUOTED,			/* "name", text as written */
	IL_TOKEN_NUMBER,
	IL_TOKEN_TEXT,				/* 'text', text without its quotes */
	IL_TOKEN_SIGN				/* sign: one character, or < = as 'l', > = 'g', < > 'n', = > 'r' */
} IlTokenKind;

typedef struct IlToken
{
	IlTokenKind kind;
	char		sign;
	const char *text;
	uint32_t	length;
	size_t		start;			/* bytes of the source */
	size_t		end;
	uint32_t	position;		/* character of the source, from 1 */
} IlToken;

typedef struct IlLexer
{
	const IlMemory *memory;
	const char *source;
	size_t		length;
	size_t		at;
	uint32_t	position;
	IlToken		token;
	IlFault    *fault;
} IlLexer;

/* Moves to the next token; false with a fault. */
extern bool il_lexer_next(IlLexer *lexer);

/* Records a fault at a position (the first one stays); always false. */
extern bool il_fault_set(IlFault *fault, IlFaultKind kind, uint32_t position, const char *hint,
						 const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A piece of text short enough for a message, cut between characters. */
extern int	il_excerpt(const char *text, size_t length);

/* Must a name be written in quotes to be read back as itself? */
extern bool il_name_needs_quotes(const char *name, size_t length);

#endif
