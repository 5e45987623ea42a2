/* The sentences of a report, one by one: lays names and quotations over the tokens, asks each token whether
 * it is a cue, and tells those that score well. Must not know words. */
#include "annotate/attributions_parts.h"

enum { MARK_BYTES = 4, GAP_MOST = 8, AFTER_MOST = 4096 }; /* bytes */
enum { NAME_SURE = 450 };                                 /* thousandths: of a mere name as content */

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

typedef struct finder {
    dsr_at_sentence s;
    dsr_arena *arena;
    dsr_arena *scratch;
    dsr_at_watcher watcher;
    dsr_attributions out;
    size_t name, quote; /* where the tokens of the next sentence may begin */
} finder;

/* Runs below each token, heads after what hangs on them: an order made from the root down, gone through from
 * its end. */
static dsr_status find_below(finder *f)
{
    dsr_at_sentence *s = &f->s;
    uint32_t *order = dsr_arena_alloc_array(f->scratch, s->count + 1, sizeof *order);
    s->below = dsr_arena_alloc_array(f->scratch, s->count + 1, sizeof *s->below);
    if (order == NULL || s->below == NULL) {
        return DSR_ERR_MEMORY;
    }
    uint32_t known = 0;
    order[known++] = s->syntax->root;
    for (uint32_t i = 0; i < known; i++) {
        uint32_t t = order[i];
        s->below[t] = (dsr_at_range){t, t + 1};
        for (uint32_t c = s->syntax->first_child[t]; c != DSR_SYNTAX_NONE; c = s->syntax->next_child[c]) {
            order[known++] = c;
        }
    }
    for (uint32_t i = known; i-- > 1;) {
        dsr_at_range below = s->below[order[i]];
        dsr_at_range *above = &s->below[s->syntax->tokens[order[i]].head];
        above->start = below.start < above->start ? below.start : above->start;
        above->end = below.end > above->end ? below.end : above->end;
    }
    return DSR_OK;
}

/* `quote` stands at the first that ends behind `start`. */
static uint32_t quote_before(const finder *f, uint32_t start)
{
    if (f->quote == 0) {
        return DSR_AT_NONE;
    }
    const dsr_quote *quote = &f->s.report->quotes.items[f->quote - 1];
    if (quote->kind == DSR_QUOTE_SCARE || quote->kind == DSR_QUOTE_INDIRECT ||
        start - quote->span.end > GAP_MOST) {
        return DSR_AT_NONE;
    }
    dsr_slice gap = dsr_slice_part(f->s.report->text, quote->span.end, start);
    return dsr_slice_find(gap, DSR_SLICE("\n"), 0) == SIZE_MAX && dsr_slice_trim(gap).len == 0
               ? (uint32_t)f->quote - 1
               : DSR_AT_NONE;
}

/* Sentences, names and quotations are in order of start. */
static dsr_status lay_over(finder *f)
{
    dsr_at_sentence *s = &f->s;
    const dsr_report *report = s->report;
    s->name = dsr_arena_alloc_array(f->scratch, s->count + 1, sizeof *s->name);
    s->quote = dsr_arena_alloc_array(f->scratch, s->count + 1, sizeof *s->quote);
    if (s->name == NULL || s->quote == NULL) {
        return DSR_ERR_MEMORY;
    }
    s->before = DSR_AT_NONE;
    for (uint32_t t = 0; t < s->count; t++) {
        dsr_span span = s->tokens[t].span;
        while (f->name < report->names.count && report->names.items[f->name].span.end <= span.start) {
            f->name++;
        }
        while (f->quote < report->quotes.count && report->quotes.items[f->quote].span.end <= span.start) {
            f->quote++;
        }
        s->before = t == 0 ? quote_before(f, span.start) : s->before;
        bool named = f->name < report->names.count && report->names.items[f->name].span.start < span.end;
        bool quoted = f->quote < report->quotes.count && report->quotes.items[f->quote].span.start < span.end;
        s->name[t] = named ? (uint32_t)f->name : DSR_AT_NONE;
        s->quote[t] = quoted ? (uint32_t)f->quote : DSR_AT_NONE;
    }
    return DSR_OK;
}

/* ---- telling ---- */

/* 1000 / (1 + e^-x) of x in thousandths, in whole numbers: the same everywhere. */
static uint16_t logistic(int32_t logit)
{
    static const uint16_t table[] = {500, 562, 622, 679, 731, 777, 818, 852, 881, 905, 924, 940, 953,
                                     963, 971, 977, 982, 986, 989, 991, 993, 995, 996, 997, 998};
    enum { STEP = 250, LAST = sizeof table / sizeof *table - 1 };
    int32_t size = logit < 0 ? -logit : logit;
    int32_t at = size / STEP;
    int32_t value = at >= LAST ? table[LAST] : table[at] + (table[at + 1] - table[at]) * (size % STEP) / STEP;
    return (uint16_t)(logit < 0 ? 1000 - value : value);
}

static void put_span(dsr_attribution *a, dsr_span span)
{
    uint32_t at = a->contents;
    for (uint32_t i = 0; i < a->contents; i++) {
        dsr_span *known = &a->content[i];
        if (span.start < known->end && known->start < span.end) {
            known->start = span.start < known->start ? span.start : known->start;
            known->end = span.end > known->end ? span.end : known->end;
            return;
        }
    }
    if (span.start >= span.end || a->contents == DSR_ATTRIBUTION_CONTENTS) {
        return;
    }
    for (; at > 0 && a->content[at - 1].start > span.start; at--) {
        a->content[at] = a->content[at - 1];
    }
    a->content[at] = span;
    a->contents++;
}

/* Words in marks at an end of a content are taken with both their marks. */
static dsr_span with_marks(const dsr_at_sentence *s, dsr_at_range range)
{
    dsr_span span = dsr_at_span(s, range);
    uint32_t last = range.end > range.start ? s->quote[range.end - 1] : DSR_AT_NONE;
    if (last != DSR_AT_NONE) {
        dsr_span quote = s->report->quotes.items[last].span;
        bool all = quote.start >= span.start && quote.end > span.end && quote.end - span.end <= MARK_BYTES;
        span.end = all ? quote.end : span.end;
    }
    return span;
}

static void describe(const dsr_at_sentence *s, const dsr_at_candidate *c, dsr_attribution *a)
{
    *a = (dsr_attribution){.source = dsr_at_span(s, c->source_range),
                           .cue = dsr_at_span(s, c->cue),
                           .audience = dsr_at_span(s, c->audience),
                           .sentence = s->number,
                           .how = c->part == DSR_CUE_NOUN       ? DSR_SAID_NOUN
                                  : c->part == DSR_CUE_PHRASE   ? DSR_SAID_ACCORDING
                                  : c->frame == DSR_FRAME_colon ? DSR_SAID_COLON
                                                                : DSR_SAID_VERB,
                           .score = logistic(c->logit)};
    if (c->source != DSR_AT_NONE) {
        a->head = s->tokens[c->source].span;
    }
    for (uint32_t i = 0; i < c->contents; i++) {
        put_span(a, with_marks(s, c->content[i]));
    }
    put_span(a, c->beyond);
    for (uint32_t i = 0; i < 2; i++) {
        if (c->quotes[i] != DSR_AT_NONE) {
            put_span(a, s->report->quotes.items[c->quotes[i]].span);
        }
    }
}

/* "a group called Open Hands": its name, not what anybody calls it. */
static bool is_naming(const dsr_at_sentence *s, const dsr_at_candidate *c)
{
    const dsr_syntax_token *cue = &s->syntax->tokens[c->head];
    return c->part == DSR_CUE_VERB && cue->relation == DSR_REL_ACL && cue->xpos == DSR_XPOS_VBN &&
           (c->entry.kind == DSR_CUE_IS_call || c->entry.kind == 0) &&
           dsr_at_child(s, c->head, DSR_REL_OBL_AGENT) == DSR_AT_NONE;
}

/* "asked not to be named": how somebody is told of, nothing that anybody says. */
static bool is_about_naming(const dsr_at_sentence *s, const dsr_at_candidate *c)
{
    uint32_t t = c->cue.end;
    t += dsr_at_is(s, t, "that") || dsr_at_is(s, t, "on") || dsr_at_is(s, t, "to");
    bool not_to_be = dsr_at_is(s, t, "not") && dsr_at_is(s, t + 1, "to") && dsr_at_is(s, t + 2, "be");
    return not_to_be && dsr_at_is_one_of(s, t + 3, "named identified quoted");
}

/* "criticised Jane Roe": whom it is about, and nothing of what is said. */
static bool is_only_name(const dsr_at_sentence *s, const dsr_at_candidate *c)
{
    if (c->frame != DSR_FRAME_object || c->contents != 1) {
        return false;
    }
    dsr_at_range r = c->content[0];
    uint32_t name = s->name[r.start];
    if (name == DSR_AT_NONE || s->report->names.items[name].type != DSR_NAME_PER) {
        return false;
    }
    for (uint32_t t = r.start; t < r.end; t++) {
        if (s->name[t] != name) {
            return false;
        }
    }
    return true;
}

/* "The film was shown": by nobody, and it is no clause. */
static bool is_thing_of_nobody(const dsr_at_candidate *c)
{
    return c->frame == DSR_FRAME_passive && c->source == DSR_AT_NONE && c->contents == 1 &&
           c->entry.kind == DSR_CUE_IS_show;
}

enum { RELATIVE_MOST = 6, SOURCE_WORDS_MOST = 40 };
/* Whether a verb hangs, over what hangs on the source, on a relative clause of it. */
static bool is_relative(const dsr_at_sentence *s, const dsr_at_candidate *c, uint32_t verb)
{
    for (unsigned i = 0; i < RELATIVE_MOST && verb != DSR_SYNTAX_NONE && verb != c->source; i++) {
        dsr_relation relation = (dsr_relation)s->syntax->tokens[verb].relation;
        if (dsr_relation_universal(relation) == DSR_REL_ACL) {
            return true;
        }
        verb = s->syntax->tokens[verb].head;
    }
    return false;
}

/* "One of the brightest left said": a source that holds a clause of its own is a tree gone wrong. */
static bool is_source_a_clause(const dsr_at_sentence *s, const dsr_at_candidate *c)
{
    dsr_at_range r = c->source_range;
    for (uint32_t t = r.start; t < r.end && t < r.start + SOURCE_WORDS_MOST; t++) {
        uint8_t xpos = s->syntax->tokens[t].xpos;
        bool finite =
            xpos == DSR_XPOS_VBD || xpos == DSR_XPOS_VBZ || xpos == DSR_XPOS_VBP || xpos == DSR_XPOS_MD;
        if (finite && t != c->head && s->quote[t] == DSR_AT_NONE && !is_relative(s, c, t)) {
            return true;
        }
    }
    return false;
}

static bool says_nothing(const dsr_at_sentence *s, const dsr_at_candidate *c)
{
    return is_source_a_clause(s, c) || is_naming(s, c) || is_about_naming(s, c) || is_thing_of_nobody(c);
}

static dsr_status consider(finder *f, dsr_at_candidate *c)
{
    dsr_attribution told;
    dsr_at_score(&f->s, c);
    describe(&f->s, c, &told);
    if (told.contents == 0 || says_nothing(&f->s, c)) {
        return DSR_OK;
    }
    if (f->watcher.watch != NULL) {
        f->watcher.watch(f->watcher.context, c, &told);
    }
    told.score = is_only_name(&f->s, c) && told.score > NAME_SURE ? NAME_SURE : told.score;
    if (told.score < dsr_at_least) {
        return DSR_OK;
    }
    if (DSR_LIST_RESERVE(f->arena, &f->out, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    f->out.items[f->out.count++] = told;
    return DSR_OK;
}

/* "A survey shows that ...": tagged as a noun, but what hangs on it hangs on verbs only. */
static bool is_verb_in_disguise(const dsr_at_sentence *s, uint32_t token)
{
    uint32_t object = dsr_at_child(s, token, DSR_REL_OBJ);
    uint32_t subject = dsr_at_child(s, token, DSR_REL_NSUBJ);
    bool held =
        (object != DSR_AT_NONE && object > token) ||
        (subject != DSR_AT_NONE && subject < token && dsr_at_child(s, token, DSR_REL_COP) == DSR_AT_NONE);
    return held && dsr_cue_find(s->tables, DSR_CUE_VERB, s->syntax->tokens[token].lemma).kind != 0;
}

static bool candidate_at(const dsr_at_sentence *s, uint32_t token, dsr_at_candidate *c)
{
    if (dsr_at_from_phrase(s, token, c) || dsr_at_from_colon(s, token, c)) {
        return true;
    }
    switch (s->syntax->tokens[token].upos) {
    case DSR_UPOS_VERB:
        return dsr_at_from_verb(s, token, c);
    case DSR_UPOS_NOUN:
        return (is_verb_in_disguise(s, token) && dsr_at_from_verb(s, token, c)) ||
               dsr_at_from_noun(s, token, c);
    case DSR_UPOS_ADJ:
        return dsr_at_from_adjective(s, token, c);
    default:
        return false;
    }
}

/* What "he went on to say:" at a paragraph's end brings in: the quotation that follows, else the paragraph.
 */
static dsr_span find_after(const finder *f)
{
    const dsr_report *report = f->s.report;
    dsr_span last = f->s.tokens[f->s.count - 1].span;
    uint32_t from = last.end;
    if (!dsr_at_is(&f->s, f->s.count - 1, ":")) {
        return (dsr_span){0, 0};
    }
    while (from < report->text.len && from < last.end + GAP_MOST && is_white(report->text.ptr[from])) {
        from++;
    }
    if (from < report->text.len && f->quote < report->quotes.count &&
        report->quotes.items[f->quote].span.start == from) {
        return report->quotes.items[f->quote].span;
    }
    size_t end = dsr_slice_find(dsr_slice_part(report->text, from, from + AFTER_MOST), DSR_SLICE("\n"), 0);
    return end == SIZE_MAX ? (dsr_span){0, 0} : (dsr_span){from, from + (uint32_t)end};
}

static dsr_status look_at(finder *f)
{
    dsr_status status = find_below(f);
    status = status == DSR_OK ? lay_over(f) : status;
    f->s.after = status == DSR_OK ? find_after(f) : (dsr_span){0, 0};
    for (uint32_t t = 0; status == DSR_OK && t < f->s.count; t++) {
        dsr_at_candidate c;
        if (candidate_at(&f->s, t, &c)) {
            status = consider(f, &c);
        }
    }
    return status;
}

dsr_status dsr_attributions_watch(const dsr_at_watcher *watcher, dsr_arena *arena,
                                  const dsr_refer_sentence *sentences, size_t count, const dsr_report *report,
                                  dsr_attributions *out)
{
    finder f = {.s = {.tables = watcher->tables, .report = report},
                .arena = arena,
                .scratch = dsr_arena_new(0),
                .watcher = *watcher};
    dsr_status status = f.scratch != NULL ? DSR_OK : DSR_ERR_MEMORY;
    for (size_t i = 0; status == DSR_OK && i < count; i++) {
        const dsr_syntax *syntax = sentences[i].syntax;
        if (syntax == NULL || syntax->count == 0 || syntax->count != sentences[i].count) {
            continue;
        }
        f.s.tokens = sentences[i].tokens;
        f.s.syntax = syntax;
        f.s.count = (uint32_t)syntax->count;
        f.s.number = (uint32_t)i;
        status = look_at(&f);
        dsr_arena_reset(f.scratch);
    }
    dsr_arena_drop(f.scratch);
    if (status == DSR_OK) {
        *out = f.out;
    }
    return status;
}

dsr_status dsr_attributions_find(const dsr_attribution_tables *tables, dsr_arena *arena,
                                 const dsr_refer_sentence *sentences, size_t count, const dsr_report *report,
                                 dsr_attributions *out)
{
    dsr_at_watcher nobody = {.tables = tables};
    return dsr_attributions_watch(&nobody, arena, sentences, count, report, out);
}
