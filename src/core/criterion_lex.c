/*
 * criterion_lex.c - words and signs of a criterion
 *
 * Names are letters of any script, digits and underscores; ASCII letters are
 * folded as SQL folds them.  Full-width punctuation, which a Chinese input
 * method leaves behind, is refused with the sign that was meant.
 */
#include "core/criterion_lex.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define EXCERPT		40

static const char *const reserved[] = {
	"and", "between", "false", "in", "is", "not", "or", "true"
};

static const struct
{
	uint32_t	code;
	const char *meant;
}			lookalike[] = {
	{0x2018, "'"}, {0x2019, "'"}, {0x201C, "'"}, {0x201D, "'"}, {0x2212, "-"}, {0x2264, "<="},
	{0x2265, ">="}, {0x2260, "<>"}, {0xD7, "*"}, {0xF7, "/"}, {0x3001, ","}, {0x3002, "."},
	{0x300A, "<"}, {0x300B, ">"}, {0x3000, "a plain space"}, {0xA0, "a plain space"}
};

bool
il_fault_set(IlFault *fault, IlFaultKind kind, uint32_t position, const char *hint,
			 const char *format, ...)
{
	va_list		arguments;

	if (fault->kind != IL_FAULT_NONE)
		return false;
	fault->kind = kind;
	fault->position = position;
	va_start(arguments, format);
	vsnprintf(fault->message, sizeof(fault->message), format, arguments);
	va_end(arguments);
	snprintf(fault->hint, sizeof(fault->hint), "%s", hint);
	return false;
}

int
il_excerpt(const char *text, size_t length)
{
	size_t		cut = EXCERPT;

	if (length <= EXCERPT)
		return (int) length;
	while (cut > 0 && ((unsigned char) text[cut] & 0xC0) == 0x80)
		cut--;
	return (int) cut;
}

/* One UTF-8 character: its bytes (0 when malformed) and its code. */
static size_t
decode(const char *text, size_t length, uint32_t *code)
{
	const unsigned char *byte = (const unsigned char *) text;
	size_t		size = byte[0] < 0x80 ? 1 : byte[0] < 0xC2 ? 0 : byte[0] < 0xE0 ? 2
		: byte[0] < 0xF0 ? 3 : byte[0] < 0xF5 ? 4 : 0;

	if (size == 0 || size > length)
		return 0;
	*code = size == 1 ? byte[0] : byte[0] & (0x7Fu >> size);
	for (size_t i = 1; i < size; i++)
	{
		if ((byte[i] & 0xC0) != 0x80)
			return 0;
		*code = *code << 6 | (byte[i] & 0x3F);
	}
	return size;
}

static bool
is_punctuation(uint32_t code)
{
	return code < 0xC0 || code == 0xD7 || code == 0xF7 ||
		(code >= 0x2000 && code <= 0x2BFF) ||
		(code >= 0x3000 && code <= 0x303F && code != 0x3005 && code != 0x3007) ||
		(code >= 0xFE10 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFFFF);
}

/* Bytes of a character that may stand in a name, else 0. */
static size_t
name_character(const char *text, size_t length, bool first)
{
	unsigned char c = (unsigned char) text[0];
	uint32_t	code;
	size_t		size;

	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')
		return 1;
	if (c >= '0' && c <= '9')
		return first ? 0 : 1;
	if (c < 0x80)
		return 0;
	size = decode(text, length, &code);
	return size == 0 || is_punctuation(code) ? 0 : size;
}

bool
il_name_needs_quotes(const char *name, size_t length)
{
	size_t		i = 0;

	while (i < length)
	{
		size_t		size = name_character(name + i, length - i, i == 0);

		if (size == 0 || (name[i] >= 'A' && name[i] <= 'Z'))
			return true;
		i += size;
	}
	for (i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
	{
		if (strlen(reserved[i]) == length && memcmp(reserved[i], name, length) == 0)
			return true;
	}
	return length == 0;
}

/* Passes over bytes and counts their characters. */
static void
advance(IlLexer *lexer, size_t bytes)
{
	for (size_t end = lexer->at + bytes; lexer->at < end; lexer->at++)
	{
		if (((unsigned char) lexer->source[lexer->at] & 0xC0) != 0x80)
			lexer->position++;
	}
}

static bool
lex_name(IlLexer *lexer)
{
	const char *start = lexer->source + lexer->at;
	size_t		length = 0;
	size_t		size;
	char	   *folded;

	while (lexer->at + length < lexer->length &&
		   (size = name_character(start + length, lexer->length - lexer->at - length,
								  length == 0)) > 0)
		length += size;
	folded = il_allocate(lexer->memory, length + 1);
	for (size_t i = 0; i < length; i++)
		folded[i] = start[i] >= 'A' && start[i] <= 'Z' ? (char) (start[i] + 32) : start[i];
	folded[length] = '\0';
	lexer->token.kind = IL_TOKEN_NAME;
	lexer->token.text = folded;
	lexer->token.length = (uint32_t) length;
	advance(lexer, length);
	return true;
}

/* Where the quote that opens here is closed; the length of the source if nowhere. */
static size_t
find_close(const IlLexer *lexer, char quote)
{
	size_t		i = lexer->at + 1;

	while (i < lexer->length)
	{
		if (lexer->source[i] != quote)
			i++;
		else if (i + 1 < lexer->length && lexer->source[i + 1] == quote)
			i += 2;
		else
			break;
	}
	return i;
}

/* 'text' or "name"; the quote is doubled inside. */
static bool
lex_quoted(IlLexer *lexer, char quote)
{
	size_t		close = find_close(lexer, quote);
	size_t		length = 0;
	char	   *text;

	if (close >= lexer->length)
		return il_fault_set(lexer->fault, IL_FAULT_SYNTAX, lexer->token.position,
							"Close it with the same quote; a quote inside is doubled.",
							"unterminated %s", quote == '"' ? "quoted name" : "text");
	text = il_allocate(lexer->memory, close - lexer->at);
	for (size_t i = lexer->at + 1; i < close; i++)
	{
		text[length++] = lexer->source[i];
		if (lexer->source[i] == quote)
			i++;
	}
	text[length] = '\0';
	if (quote == '"' && (length == 0 || memchr(text, '.', length) != NULL))
		return il_fault_set(lexer->fault, IL_FAULT_SYNTAX, lexer->token.position, "",
							"a quoted name must not be empty or contain a point");
	lexer->token.kind = quote == '"' ? IL_TOKEN_QUOTED : IL_TOKEN_TEXT;
	lexer->token.text = text;
	lexer->token.length = (uint32_t) length;
	advance(lexer, close + 1 - lexer->at);
	return true;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits with at most one point; written back without needless zeros. */
static bool
lex_number(IlLexer *lexer)
{
	const char *source = lexer->source;
	size_t		start = lexer->at;
	size_t		end = start;
	size_t		point;
	size_t		last;			/* after the last digit that is needed */
	char	   *text;
	size_t		length = 0;

	while (end < lexer->length && is_digit(source[end]))
		end++;
	point = end;
	if (end + 1 < lexer->length && source[end] == '.' && is_digit(source[end + 1]))
	{
		end++;
		while (end < lexer->length && is_digit(source[end]))
			end++;
	}
	if (end < lexer->length && name_character(source + end, lexer->length - end, false) > 0)
		return il_fault_set(lexer->fault, IL_FAULT_SYNTAX, lexer->token.position,
							"Put a space or an operator between a number and a name.",
							"letters right after a number");
	last = end;
	while (last > point && (source[last - 1] == '0' || last - 1 == point))
		last--;
	while (start < point && source[start] == '0' && (start + 1 < point || last > point))
		start++;
	/* counted as it is written back, so that what was read is read again */
	if (last - start - (last > point) > IL_NUMBER_DIGITS)
		return il_fault_set(lexer->fault, IL_FAULT_LIMIT, lexer->token.position, "",
							"number with more than %d digits", IL_NUMBER_DIGITS);
	text = il_allocate(lexer->memory, last - start + 2);
	if (start == point)
		text[length++] = '0';
	memcpy(text + length, source + start, last - start);
	length += last - start;
	text[length] = '\0';
	lexer->token.kind = IL_TOKEN_NUMBER;
	lexer->token.text = text;
	lexer->token.length = (uint32_t) length;
	advance(lexer, end - lexer->at);
	return true;
}

/* A character that begins no token: say which one was probably meant. */
static bool
refuse_character(IlLexer *lexer)
{
	const char *text = lexer->source + lexer->at;
	uint32_t	code = 0;
	size_t		size = decode(text, lexer->length - lexer->at, &code);
	char		hint[80] = "";

	for (size_t i = 0; size > 0 && i < sizeof(lookalike) / sizeof(lookalike[0]); i++)
	{
		if (lookalike[i].code == code)
			snprintf(hint, sizeof(hint), "Write %s instead.", lookalike[i].meant);
	}
	if (size > 0 && code >= 0xFF01 && code <= 0xFF5E)
		snprintf(hint, sizeof(hint), "Write %c instead.", (int) (code - 0xFF01 + '!'));
	if (size == 1 && (text[0] == '&' || text[0] == '|'))
		snprintf(hint, sizeof(hint), "Write %s instead.", text[0] == '&' ? "and" : "or");
	if (size == 1 && code < 0x20)
		return il_fault_set(lexer->fault, IL_FAULT_SYNTAX, lexer->token.position, "",
							"control character 0x%02X", (unsigned) code);
	return il_fault_set(lexer->fault, IL_FAULT_SYNTAX, lexer->token.position, hint,
						"unexpected character \"%.*s\"", (int) size, text);
}

static bool
lex_sign(IlLexer *lexer)
{
	static const struct
	{
		char		text[3];
		char		sign;
	}			pair[] = {{"<=", 'l'}, {">=", 'g'}, {"<>", 'n'}, {"!=", 'n'}, {"=>", 'r'}};
	const char *at = lexer->source + lexer->at;

	lexer->token.kind = IL_TOKEN_SIGN;
	for (size_t i = 0; i < sizeof(pair) / sizeof(pair[0]); i++)
	{
		if (lexer->length - lexer->at >= 2 && memcmp(at, pair[i].text, 2) == 0)
		{
			lexer->token.sign = pair[i].sign;
			advance(lexer, 2);
			return true;
		}
	}
	if (at[0] == '\0' || strchr("(),.<>=+-*/%", at[0]) == NULL)
		return refuse_character(lexer);
	lexer->token.sign = at[0];
	advance(lexer, 1);
	return true;
}

bool
il_lexer_next(IlLexer *lexer)
{
	const char *source = lexer->source;
	bool		result;
	char		c;

	while (lexer->at < lexer->length && strchr(" \t\r\n\f\v", source[lexer->at]) != NULL &&
		   source[lexer->at] != '\0')
		advance(lexer, 1);
	memset(&lexer->token, 0, sizeof(lexer->token));
	lexer->token.start = lexer->at;
	lexer->token.end = lexer->at;
	lexer->token.position = lexer->position + 1;
	if (lexer->at == lexer->length)
		return true;			/* IL_TOKEN_END */
	c = source[lexer->at];
	if (c == '\'' || c == '"')
		result = lex_quoted(lexer, c);
	else if (is_digit(c) ||
			 (c == '.' && lexer->at + 1 < lexer->length && is_digit(source[lexer->at + 1]) &&
			  (lexer->at == 0 || name_character(source + lexer->at - 1, 1, false) == 0)))
		result = lex_number(lexer);
	else if (name_character(source + lexer->at, lexer->length - lexer->at, true) > 0)
		result = lex_name(lexer);
	else
		result = lex_sign(lexer);
	lexer->token.end = lexer->at;
	return result;
}
