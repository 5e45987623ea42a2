/* Furniture in the middle of a paragraph: pages whose lines were run together, as many data sets hold them
 * ("... the vote. Thank you for subscribing. The council ..."). Only such reports are looked at, and only for
 * what no reporter writes: prompts to subscribe, to share, to log in, adverts. Must not know of rules'
 * inside. */
#include "clean/lines.h"

enum {
    FLAT_LINES = 3,      /* a report of so few lines ... */
    FLAT_BYTES = 800,    /* ... of which one has so many bytes was run together */
    LONGEST_PROMPT = 90, /* bytes; longer ones have body run into them */
    MOST_SENTENCES = 4000
};

static bool is_prompt(dsr_furniture_kind kind)
{
    return kind == DSR_FURNITURE_SUBSCRIPTION || kind == DSR_FURNITURE_SHARE ||
           kind == DSR_FURNITURE_ADVERT || kind == DSR_FURNITURE_APP_PROMO ||
           kind == DSR_FURNITURE_ACCOUNT_FORM || kind == DSR_FURNITURE_OTHER;
}

/* Where the sentence that begins at `at` ends: behind its stop, where a blank follows. Coarser than the
 * language's own sentences, which are found later: a prompt has no abbreviations. */
static uint32_t sentence_stop(const cleaner *c, uint32_t at, uint32_t end)
{
    for (; at < end; at++) {
        char mark = c->text.ptr[at];
        bool stop = mark == '.' || mark == '!' || mark == '?';
        if (stop && (at + 1 == end || c->text.ptr[at + 1] == ' ')) {
            return at + 1;
        }
    }
    return end;
}

static dsr_status look_at(cleaner *c, dsr_span span)
{
    dsr_rule_match match;
    /* A tag at the end of somebody's post is no line of tags. */
    if (c->text.ptr[span.start] == '#') {
        return DSR_OK;
    }
    if (span.end - span.start > LONGEST_PROMPT ||
        !dsr_rules_match(c->lexicon, c->language, dsr_clean_text(c, span), DSR_RULE_LINE, 0, &match) ||
        !is_prompt(match.kind)) {
        return DSR_OK;
    }
    if (DSR_LIST_RESERVE(c->arena, &c->embedded, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    c->embedded.items[c->embedded.count++] = (dsr_furniture){span, match.kind};
    return DSR_OK;
}

static dsr_status look_through(cleaner *c, const clean_line *line)
{
    uint32_t at = line->start.end > line->span.start ? line->start.end : line->span.start;
    uint32_t end = line->end.end > line->end.start ? line->end.start : line->span.end;
    dsr_status status = DSR_OK;
    for (size_t n = 0; status == DSR_OK && at < end && n < MOST_SENTENCES; n++) {
        uint32_t stop = sentence_stop(c, at, end);
        status = look_at(c, (dsr_span){at, stop});
        at = stop;
        while (at < end && c->text.ptr[at] == ' ') {
            at++;
        }
    }
    return status;
}

dsr_status dsr_clean_match_embedded(cleaner *c)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && c->lines.count <= FLAT_LINES && i < c->lines.count; i++) {
        const clean_line *line = &c->lines.items[i];
        if (line->kind == LINE_NONE && line->span.end - line->span.start >= FLAT_BYTES) {
            status = look_through(c, line);
        }
    }
    return status;
}
