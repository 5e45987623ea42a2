/* Copies of documents in other typography, so that the name tagger meets it: blanks around every mark,
 * headlines in title case, capitals. Must not know what is learnt. */
#include "names.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

typedef enum letter_case { AS_IT_IS, TITLE_CASE, CAPITALS } letter_case;

typedef struct copier {
    dsr_slice from;
    text_maker text;
    uint32_t *places; /* by byte of `from`: where it went */
    letter_case how;
    bool inside; /* a word */
} copier;

static uint32_t upper_of(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xe0 && c <= 0xfe && c != 0xf7)) {
        return c - 32;
    }
    return c;
}

static bool put_character(copier *c, uint32_t code_point, size_t length)
{
    bool word = dsr_is_word(code_point) || code_point == '\'' || code_point == 0x2019;
    bool raise = c->how == CAPITALS || (c->how == TITLE_CASE && word && !c->inside);
    char bytes[4];
    (void)length;
    size_t count = dsr_utf8_encode(raise ? upper_of(code_point) : code_point, bytes);
    c->inside = word;
    return text_put(&c->text, (dsr_slice){bytes, count});
}

/* A word that headlines leave in small letters. */
static bool stays_small(dsr_slice text, size_t at)
{
    static const char *const words[] = {"of", "the", "and", "in", "on", "for",
                                        "to", "a",   "an",  "at", "by", "as"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (dsr_slice_starts(dsr_slice_part(text, at, text.len), dsr_slice_of(words[i])) &&
            at + length < text.len && text.ptr[at + length] == ' ') {
            return true;
        }
    }
    return false;
}

static bool stands_alone(uint32_t c)
{
    return c < 128 ? strchr(",.;:!?()[]\"'-/&$%", (int)c) != NULL : c >= 0x2010 && c <= 0x201f;
}

static bool is_digit_at(dsr_slice text, size_t at)
{
    return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

/* Blanks around the mark at `at`, but within numbers. "'s" stays whole where the apostrophe is straight. */
static bool put_spaced(copier *c, size_t at, uint32_t code_point, size_t length)
{
    bool number = is_digit_at(c->from, at - 1) && is_digit_at(c->from, at + length) && code_point != '-';
    if (!stands_alone(code_point) || number) {
        c->places[at] = (uint32_t)c->text.len;
        return put_character(c, code_point, length);
    }
    char last = c->text.len > 0 ? c->text.bytes[c->text.len - 1] : '\n';
    if (last != ' ' && last != '\n' && !text_put(&c->text, DSR_SLICE(" "))) {
        return false;
    }
    c->places[at] = (uint32_t)c->text.len;
    bool fits = put_character(c, code_point, length);
    bool clitic =
        code_point == '\'' && at + 1 < c->from.len && strchr("smtdrvl", c->from.ptr[at + 1]) != NULL;
    char next = at + length < c->from.len ? c->from.ptr[at + length] : '\n';
    return fits && (clitic || next == ' ' || next == '\n' || text_put(&c->text, DSR_SLICE(" ")));
}

static letter_case choose(uint64_t *seed, unsigned share)
{
    *seed = dsr_hash_mix(*seed + 1);
    unsigned roll = (unsigned)(*seed % 100);
    return roll < share ? (roll * 3 < share ? CAPITALS : TITLE_CASE) : AS_IT_IS;
}

bool copy_document(dsr_arena *arena, const name_document *from, bool spaced, unsigned share, uint64_t seed,
                   name_document *out)
{
    copier c = {.from = from->text, .text = {.arena = arena}};
    c.places = dsr_arena_alloc_array(arena, from->text.len + 1, sizeof *c.places);
    if (c.places == NULL) {
        return false;
    }
    c.how = choose(&seed, share * 4); /* the headline */
    for (size_t at = 0; at < from->text.len;) {
        size_t length;
        uint32_t cp = dsr_utf8_decode(from->text.ptr + at, from->text.ptr + from->text.len, &length);
        c.how = cp == '\n' ? choose(&seed, share) : c.how;
        c.inside = c.inside || (c.how == TITLE_CASE && at > 0 && from->text.ptr[at - 1] == ' ' &&
                                stays_small(from->text, at));
        c.places[at] = (uint32_t)c.text.len;
        if (!(spaced && at > 0 ? put_spaced(&c, at, cp, length) : put_character(&c, cp, length))) {
            return false;
        }
        at += length;
    }
    c.places[from->text.len] = (uint32_t)c.text.len;
    *out = *from;
    out->copy = true;
    out->text = (dsr_slice){c.text.bytes, c.text.len};
    out->spans = (known_spans){0};
    for (size_t i = 0; i < from->spans.count; i++) {
        known_span span = from->spans.items[i];
        span.span.start = c.places[span.span.start];
        span.span.end = c.places[span.span.end];
        while (span.span.end > span.span.start && out->text.ptr[span.span.end - 1] == ' ') {
            span.span.end--;
        }
        if (DSR_LIST_RESERVE(arena, &out->spans, 1) != DSR_OK) {
            return false;
        }
        out->spans.items[out->spans.count++] = span;
    }
    return true;
}
