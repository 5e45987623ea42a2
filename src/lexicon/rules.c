/* Matches a line against compiled rules. Each (step, token) pair of a rule is tried once, so that a rule
 * costs time linear in the line whatever the line looks like. Must not know of reports. */
#include "lexicon/rules.h"

#include "base/scan.h"
#include "base/utf8.h"
#include "lexicon/rules_classes.h"

#include <stdlib.h>
#include <string.h>

enum { CANDIDATES = 128, OPENINGS = 24 };

typedef struct matcher {
    rule_line line;
    const rule *rule;
    const rule_step *steps; /* of the whole set */
    dsr_rule_match *out;
    size_t ends_at; /* token behind the match */
    /* A bit for each step of the rule at each token; a step's row is cleared when it is first touched. */
    uint8_t tried[RULE_STEPS + 1][RULE_TOKENS / 8 + 1];
    bool touched[RULE_STEPS + 1];
} matcher;

/* Marks the pair; false where it was tried before. */
static bool first_try(matcher *m, uint32_t step, size_t at)
{
    size_t row = step - m->rule->first;
    uint8_t mask = (uint8_t)(1u << (at & 7));
    if (!m->touched[row]) {
        memset(m->tried[row], 0, m->line.text.len / 8 + 1);
        m->touched[row] = true;
    }
    if (m->tried[row][at >> 3] & mask)
        return false;
    m->tried[row][at >> 3] |= mask;
    return true;
}

static dsr_slice text_of(const matcher *m, size_t from, size_t to)
{
    return dsr_slice_part(m->line.text, m->line.tokens[from].start, m->line.tokens[to - 1].end);
}

/* Parts are captured from the last to the first, because the end of the match is known first. */
static void capture(matcher *m, rule_class class, size_t from, size_t to)
{
    dsr_rule_match *out = m->out;
    dsr_slice text = text_of(m, from, to);
    if (class == CLASS_DATE || (class == CLASS_UPDATED && !out->date.ptr)) {
        out->date = text;
        out->date_of_update = class == CLASS_UPDATED;
    } else if (class == CLASS_AGENCY && out->agency_count < DSR_RULE_AGENCIES) {
        memmove(out->agencies + 1, out->agencies, out->agency_count * sizeof *out->agencies);
        out->agencies[0] = dsr_lexicon_agency(m->line.lexicon, text);
        out->agency_count++;
    } else if (class == CLASS_AGENCIES) {
        out->some_agency = true;
    } else if (class == CLASS_OUTLET) {
        out->outlet = text;
    } else if (class == CLASS_PLACE || class == CLASS_UPPER_PLACE || class == CLASS_CITY) {
        out->place = text;
    } else if (class == CLASS_NAME) {
        size_t end = out->author.ptr ? (size_t)(out->author.ptr - text.ptr) + out->author.len : text.len;
        out->author = (dsr_slice){text.ptr, end};
    }
}

static bool match_from(matcher *m, uint32_t step, size_t at);

static bool match_class(matcher *m, uint32_t step, size_t at)
{
    rule_class class = (rule_class)m->steps[step].a;
    uint32_t lengths = dsr_rule_class_lengths(&m->line, class, at);
    for (size_t n = 31; n > 0 && lengths != 0; n--) {
        if (!(lengths >> n & 1u))
            continue;
        if (match_from(m, step + 1, at + n)) {
            capture(m, class, at, at + n);
            return true;
        }
    }
    return false;
}

/* Alternatives of fixed words: the longest that fits first. */
static bool match_phrases(matcher *m, uint32_t step, size_t at)
{
    uint64_t hashes[RULE_PHRASE_WORDS + 1] = {m->steps[step].hash};
    size_t most = m->steps[step].a, n = 0;
    while (n < most && n < RULE_PHRASE_WORDS && dsr_rule_has_token(&m->line, at + n)) {
        hashes[n + 1] = dsr_rule_extend_hash(hashes[n], m->line.tokens[at + n].folded);
        n++;
    }
    for (; n > 0; n--)
        if (dsr_map_get(m->line.set->phrases, hashes[n]) != DSR_MAP_NONE && match_from(m, step + 1, at + n))
            return true;
    return false;
}

static bool match_run(matcher *m, uint32_t step, size_t at)
{
    size_t most = m->steps[step].a;
    for (size_t n = 0; n <= most; n++) {
        if (match_from(m, step + 1, at + n))
            return true;
        if (!dsr_rule_has_token(&m->line, at + n))
            break;
    }
    return false;
}

static bool token_fits(matcher *m, const rule_step *s, size_t at)
{
    if (!dsr_rule_has_token(&m->line, at))
        return false;
    if (s->op == OP_FOLDED)
        return m->line.tokens[at].folded == s->hash;
    return s->op == OP_ANY || dsr_rule_exact_hash(text_of(m, at, at + 1)) == s->hash;
}

/* Recursion only goes forward in the rule: at most RULE_STEPS deep. */
static bool match_from(matcher *m, uint32_t step, size_t at)
{
    if (!first_try(m, step, at))
        return false;
    while (true) {
        const rule_step *s = &m->steps[step];
        switch (s->op) {
        case OP_FOLDED:
        case OP_EXACT:
        case OP_ANY:
            if (!token_fits(m, s, at))
                return false;
            step++;
            at++;
            break;
        case OP_JUMP:
            step = s->a;
            break;
        case OP_SPLIT:
            if (match_from(m, s->a, at))
                return true;
            step = s->b;
            break;
        case OP_MARK:
            if (!match_from(m, step + 1, at))
                return false;
            m->ends_at = at;
            return true;
        case OP_RUN:
            return match_run(m, step, at);
        case OP_CLASS:
            return match_class(m, step, at);
        case OP_PHRASES:
            return match_phrases(m, step, at);
        case OP_MATCH:
            m->ends_at = at;
            return m->rule->part == DSR_RULE_START || !dsr_rule_has_token(&m->line, at);
        }
    }
}

static bool match_rule(matcher *m, const rule *r, size_t from)
{
    m->rule = r;
    if (!dsr_rule_has_token(&m->line, from + r->least - 1))
        return false;
    memset(m->touched, 0, r->steps * sizeof *m->touched);
    *m->out = (dsr_rule_match){.kind = r->kind};
    if (!match_from(m, r->first, from) || m->ends_at == from)
        return false;
    m->out->kind = r->kind;
    m->out->block = r->block;
    m->out->span = text_of(m, from, m->ends_at);
    return true;
}

static void collect(const dsr_rule_set *set, const dsr_map *map, uint64_t token, uint32_t *found,
                    size_t *count)
{
    uint32_t at = dsr_map_get(map, token);
    while (at != DSR_MAP_NONE && *count < CANDIDATES) {
        found[(*count)++] = set->links.items[at].rule;
        at = set->links.items[at].next;
    }
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The last token but for a full stop. What stands behind the last blank is cut from its beginning, as the
 * whole line would be. */
static bool last_token(dsr_slice line, rule_token *out)
{
    while (line.len > 0 && (line.ptr[line.len - 1] == '.' || line.ptr[line.len - 1] == ' '))
        line.len--;
    size_t from = line.len;
    while (from > 0 && line.len - from < 80 && line.ptr[from - 1] != ' ')
        from--;
    from = dsr_utf8_floor(line, from);
    bool some = false;
    while (dsr_rule_next_token(line, &from, out))
        some = true;
    return some;
}

static size_t least_tokens(dsr_slice line)
{
    size_t count = 1;
    for (size_t i = 1; i < line.len; i++)
        count += (line.ptr[i] == ' ') & (line.ptr[i - 1] != ' ');
    return count;
}

/* What is known of a line before any rule is tried. */
typedef struct outline {
    size_t tokens; /* at least */
    rule_token last;
    bool has_last;
    rule_bits all; /* of all tokens, where has_all */
    bool has_all;
} outline;

static bool could_fit(const rule *r, const outline *o, unsigned where)
{
    if (r->where != 0 && !(r->where & where))
        return false;
    if (r->part != DSR_RULE_LINE)
        return true;
    if (o->tokens > r->most || (o->has_last && !(r->ends >> (o->last.folded & 63) & 1)))
        return false;
    for (size_t i = 0; o->has_all && i < r->need_count; i++)
        if (!rule_bits_meet(&r->needs[i], &o->all))
            return false;
    return true;
}

/* Leaves only the rules that can fit, in their order. */
static size_t sift(const dsr_rule_set *set, const outline *o, unsigned where, uint32_t *found, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (could_fit(&set->rules.items[found[i]], o, where))
            found[kept++] = found[i];
    if (kept > 1)
        qsort(found, kept, sizeof *found, by_number);
    return kept;
}

/* A short line, which many rules could fit, is looked at whole; of a long one the ends must do. */
static outline outline_of(dsr_slice line, dsr_rule_part part)
{
    outline o = {.tokens = 1};
    if (part != DSR_RULE_LINE)
        return o;
    o.has_all = line.len <= RULE_FREE_BYTES;
    if (!o.has_all) {
        o.tokens = least_tokens(line);
        return o;
    }
    size_t at = 0;
    rule_token token;
    for (o.tokens = 0; dsr_rule_next_token(line, &at, &token); o.tokens++)
        rule_bits_add(&o.all, token.folded);
    return o;
}

/* Rules for whole lines and their beginnings that can match. */
static size_t find_candidates(const dsr_rule_set *set, dsr_slice line, dsr_rule_part part, unsigned where,
                              uint32_t *found)
{
    const rule_index *index = &set->index[part];
    size_t count = 0, at = 0;
    rule_token first, last;
    bool has_last = part == DSR_RULE_LINE && last_token(line, &last);
    if (dsr_rule_next_token(line, &at, &first))
        collect(set, index->by_first, first.folded, found, &count);
    if (has_last)
        collect(set, index->by_last, last.folded, found, &count);
    if (part != DSR_RULE_LINE || line.len <= RULE_FREE_BYTES)
        for (size_t i = 0; i < index->free.count && count < CANDIDATES; i++)
            found[count++] = index->free.items[i];
    if (count == 0)
        return 0; /* most paragraphs end here */
    outline o = outline_of(line, part);
    if (has_last) {
        o.last = last;
        o.has_last = true;
    }
    return sift(set, &o, where, found, count);
}

/* A dateline begins with a capital and has a dash, colon, bracket or slash near: most paragraphs end here. */
static bool may_open(dsr_slice line)
{
    size_t end = line.len < 90 ? line.len : 90;
    unsigned char first = (unsigned char)line.ptr[0];
    if (first >= 'a' && first <= 'z')
        return false;
    for (size_t i = 0; i < end; i++) {
        char c = line.ptr[i];
        bool dash = (c == '-' || c == '_') && i > 0 && (line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '-');
        if (c == ':' || c == '(' || c == '/' || dash)
            return true;
        if ((unsigned char)c == 0xE2 && i + 2 < line.len && (unsigned char)line.ptr[i + 1] == 0x80 &&
            ((unsigned char)line.ptr[i + 2] == 0x93 || (unsigned char)line.ptr[i + 2] == 0x94))
            return true;
    }
    return false;
}

/* Candidates in their order, each perhaps more than once, on one line (its tokens are filled in as they are
 * asked for). */
static bool try_rules(rule_line line, const uint32_t *candidates, size_t count, dsr_rule_match *out)
{
    rule_token tokens[RULE_TOKENS];
    matcher m;
    m.steps = line.set->steps.items;
    m.out = out;
    m.line = line;
    m.line.tokens = tokens;
    for (size_t i = 0; i < count; i++)
        if ((i == 0 || candidates[i] != candidates[i - 1]) &&
            match_rule(&m, &line.set->rules.items[candidates[i]], 0))
            return true;
    return false;
}

/* Whether a bracket, bar, slash, dash or copyright sign stands here. */
static bool is_opener(dsr_slice text, size_t at)
{
    unsigned char c = (unsigned char)text.ptr[at];
    unsigned char next = at + 1 < text.len ? (unsigned char)text.ptr[at + 1] : 0;
    unsigned char third = at + 2 < text.len ? (unsigned char)text.ptr[at + 2] : 0;
    if (c == 0xe2)
        return next == 0x80 && (third == 0x93 || third == 0x94);
    return c == '(' || c == '[' || c == '|' || c == '/' || c == '-' || (c == 0xc2 && next == 0xa9);
}

/* Whether a finished sentence ends before this byte: a stop, a closing mark or bracket, an ellipsis. */
static bool is_finished(dsr_slice text, size_t end)
{
    unsigned char c = (unsigned char)text.ptr[end - 1];
    if (c < 0x80)
        return c == '.' || c == '!' || c == '?' || c == '"' || c == '\'' || c == ')' || c == ']';
    if (end < 3 || (unsigned char)text.ptr[end - 3] != 0xe2 || (unsigned char)text.ptr[end - 2] != 0x80)
        return false;
    return c == 0x9d || c == 0x99 || c == 0xa6;
}

/* Whether furniture may begin at this byte of a line: with a bracket or dash of its own, or behind a finished
 * sentence. */
static bool may_begin_at(dsr_slice text, size_t at)
{
    char c = text.ptr[at];
    if (at == 0 || c == ' ')
        return false;
    if (c == '(' || c == '[' || c == '|')
        return true;
    if (text.ptr[at - 1] != ' ')
        return false;
    if (is_opener(text, at))
        return true;
    while (at > 0 && text.ptr[at - 1] == ' ')
        at--;
    return at > 0 && is_finished(text, at);
}

/* The first place from `at` on at which furniture may begin; the text's length where there is none. Behind a
 * letter or digit nothing begins before the next byte that is neither such a one nor a blank. */
static size_t next_opening(dsr_slice text, size_t at)
{
    while (at < text.len && !may_begin_at(text, at)) {
        bool word = dsr_scan_is_word(text.ptr[at]);
        at++;
        if (word)
            at = (size_t)(dsr_scan_skip(text.ptr + at, text.ptr + text.len, ' ') - text.ptr);
    }
    return at;
}

/* Tries, from the first place to the last at which furniture may begin, the rules that begin so. */
static bool match_end(const dsr_lexicon *lexicon, dsr_slice language, const dsr_rule_set *set, dsr_slice text,
                      unsigned where, dsr_rule_match *out)
{
    const rule_index *index = &set->index[DSR_RULE_END];
    size_t at = text.len > RULE_END_BYTES ? text.len - RULE_END_BYTES : 1;
    for (size_t openings = 0; openings < OPENINGS; openings++, at++) {
        at = next_opening(text, at);
        if (at >= text.len)
            return false;
        uint32_t candidates[CANDIDATES];
        size_t count = 0, next = 0;
        rule_token token;
        dsr_slice rest = dsr_slice_part(text, at, text.len);
        if (dsr_rule_next_token(rest, &next, &token))
            collect(set, index->by_first, token.folded, candidates, &count);
        count = sift(set, &(outline){.tokens = 1}, where, candidates, count);
        if (count > 0 &&
            try_rules((rule_line){lexicon, language, set, rest, NULL, 0, 0, false}, candidates, count, out))
            return true;
    }
    return false;
}

bool dsr_rules_match(const dsr_lexicon *lexicon, dsr_slice language, dsr_slice line, dsr_rule_part part,
                     unsigned where, dsr_rule_match *out)
{
    const dsr_language_lists *found = dsr_lexicon_find_language(lexicon, language);
    line = dsr_slice_trim(line);
    if (!found || !found->rules || line.len == 0 || (part == DSR_RULE_LINE && line.len > DSR_RULE_LINE_BYTES))
        return false;
    if (part == DSR_RULE_END)
        return match_end(lexicon, language, found->rules, line, where, out);
    if (part == DSR_RULE_START) {
        if (!may_open(line))
            return false;
        line = dsr_slice_part(
            line, 0,
            dsr_utf8_floor(line, line.len < DSR_RULE_LINE_BYTES / 2 ? line.len : DSR_RULE_LINE_BYTES / 2));
    }
    uint32_t candidates[CANDIDATES];
    size_t count = find_candidates(found->rules, line, part, where, candidates);
    return count > 0 && try_rules((rule_line){lexicon, language, found->rules, line, NULL, 0, 0, false},
                                  candidates, count, out);
}

bool dsr_rules_known(const dsr_lexicon *lexicon, dsr_slice language)
{
    const dsr_language_lists *found = dsr_lexicon_find_language(lexicon, language);
    return found && found->rules;
}
