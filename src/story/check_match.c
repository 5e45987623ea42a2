/* One sentence of the draft beside one of a report: does it tell it, some of it, or otherwise? */
#include "story/check_parts.h"

#include "story/figures_agree.h"

enum {
    CARRIES = 720,       /* thousandths of the weight that a line must have to tell a unit ... */
    QUOTE_CARRIES = 550, /* ... of one that is a quotation of the same words for the most part */
    CONTRADICTS = 600,
    DATES_DIFFER = 700, /* with another day a line is less surely of the same fact */
    COVERED = 900,      /* then the word right behind a "not" is enough */
    PART = 450,
    PART_NAMED = 330, /* where none of its names is missing */
    STEMS = 2,        /* words in common that are no names; names alone tell no fact */
    LONGEST_DAYS = 366,
    DAYS_OF_ONE_TIME = 31,
    DAYS_NEAR = 1 /* between what a report tells without a day and its publication */
};

static const dsr_report *report_of(const dsr_checker *c, const dsr_check_line *line)
{
    return c->story->reports.items[line->report].report;
}

static void contradict(dsr_check_match *m, const dsr_check_line *line, dsr_check_kind kind, dsr_span draft,
                       dsr_span at)
{
    if (m->contradicts) {
        return;
    }
    m->contradicts = true;
    m->found = (dsr_contradiction){
        .kind = kind,
        .draft = draft,
        .carrier = {.report = line->report, .sentence = line->span, .clause = line->span, .at = at}};
}

/* ---- words ---- */

static bool is_role(const dsr_check_line *line, uint64_t key)
{
    for (uint32_t i = 0; i < line->roles.count; i++) {
        if (line->roles.items[i] == key) {
            return true;
        }
    }
    return false;
}

static void compare_words(const dsr_check_unit *unit, const dsr_check_line *line, dsr_check_match *m)
{
    uint32_t shared = 0;
    for (uint32_t i = 0; i < unit->word_count; i++) {
        const dsr_check_word *word = &unit->words[i];
        if (word->again) {
            continue;
        }
        bool has = dsr_check_has_word(line, word), name = (word->key & 1) != 0;
        shared += has ? word->weight : 0;
        m->names += has && name;
        m->stems += has && !name && !word->light && !is_role(line, word->key);
        m->names_missing += !has && name && !word->light;
    }
    m->share = unit->total > 0 ? (uint32_t)((uint64_t)shared * 1000 / unit->total) : 0;
}

/* ---- figures ---- */

static size_t count_figures(const dsr_report *report, dsr_span span, dsr_slice kind)
{
    size_t count = 0;
    for (size_t i = DSR_CHECK_FIRST(&report->figures, span.start);
         i < report->figures.count && report->figures.items[i].span.start < span.end; i++) {
        count += dsr_slice_equal(report->figures.items[i].kind, kind);
    }
    return count;
}

/* Whether two figures are of one thing. */
static bool is_of_one_thing(dsr_checker *c, const dsr_figure *a, const dsr_report *report,
                            const dsr_figure *b, bool alone)
{
    if (!dsr_slice_equal(a->kind, b->kind) || !dsr_slice_equal(a->unit, b->unit)) {
        return false;
    }
    bool named = a->thing.end > a->thing.start && b->thing.end > b->thing.start;
    if (!named) {
        return alone;
    }
    uint64_t x = dsr_told_head(&c->told, dsr_slice_part(c->draft->text, a->thing.start, a->thing.end));
    uint64_t y = dsr_told_head(&c->told, dsr_slice_part(report->text, b->thing.start, b->thing.end));
    return x == y || (alone && a->unit.len > 0);
}

static bool is_upper(const dsr_figure *f)
{
    return f->approx == DSR_APPROX_LESS_THAN || f->approx == DSR_APPROX_UP_TO;
}

static bool is_lower(const dsr_figure *f)
{
    return f->approx == DSR_APPROX_MORE_THAN || f->approx == DSR_APPROX_AT_LEAST;
}

/* Both may be true, but the report does not say so: another bound of one kind, or a number well above its
 * lower one. */
static bool says_more(const dsr_figure *claim, const dsr_figure *told)
{
    static const dsr_decimal room = {125, -2};
    if (is_upper(claim) || is_upper(told)) {
        return is_upper(claim) == is_upper(told);
    }
    dsr_decimal size = dsr_decimal_multiply(dsr_figures_size(claim), room);
    if (is_lower(claim) && is_lower(told) && dsr_decimal_compare(size, dsr_figures_size(told)) < 0) {
        return true;
    }
    return dsr_decimal_compare(dsr_figures_size(claim), dsr_decimal_multiply(dsr_figures_size(told), room)) >
           0;
}

static dsr_detail_verdict compare_figures(const dsr_figure *a, const dsr_figure *b)
{
    dsr_figures_sum sum = {0};
    dsr_story_figure group = {0};
    dsr_figures_add(&sum, a);
    dsr_figures_add(&sum, b);
    dsr_figures_judge(&sum, &group);
    if (dsr_figures_compare(a, b).equal) {
        return a->approx == b->approx ? DSR_DETAIL_SAME : DSR_DETAIL_COMPATIBLE;
    }
    return !group.agree || says_more(a, b) ? DSR_DETAIL_DIFFERS : DSR_DETAIL_COMPATIBLE;
}

static void match_figure(dsr_checker *c, const dsr_check_unit *unit, const dsr_check_line *line,
                         const dsr_figure *figure, dsr_check_detail *out)
{
    const dsr_report *r = report_of(c, line);
    bool alone = count_figures(c->draft, unit->span, figure->kind) == 1 &&
                 count_figures(r, line->span, figure->kind) == 1;
    *out = (dsr_check_detail){.kind = DSR_CHECK_FIGURE,
                              .draft = figure->span,
                              .verdict = DSR_DETAIL_UNTOLD,
                              .report = line->report};
    for (size_t i = DSR_CHECK_FIRST(&r->figures, line->span.start);
         i < r->figures.count && r->figures.items[i].span.start < line->span.end; i++) {
        const dsr_figure *other = &r->figures.items[i];
        if (!is_of_one_thing(c, figure, r, other, alone)) {
            continue;
        }
        dsr_detail_verdict verdict = compare_figures(figure, other);
        if (verdict < out->verdict) {
            out->verdict = verdict;
            out->at = other->span;
        }
    }
}

/* ---- times ---- */

static bool is_dated(const dsr_time *time)
{
    return (time->type == DSR_TIME_DATE || time->type == DSR_TIME_TIME) && time->earliest != DSR_NO_DAY &&
           time->latest != DSR_NO_DAY && time->latest - time->earliest <= LONGEST_DAYS;
}

/* A report that tells it without a day tells it of the days on which it appeared. */
static bool is_near_publication(const dsr_report *report, const dsr_time *time)
{
    const int64_t day = 86400;
    const dsr_moment *published = &report->meta.published;
    if (published->iso.len == 0 || time->latest - time->earliest > 7) {
        return false;
    }
    return published->earliest < (time->latest + (int64_t)DAYS_NEAR) * day &&
           published->latest > (time->earliest - (int64_t)DAYS_NEAR) * day;
}

static void match_time(dsr_checker *c, const dsr_check_line *line, const dsr_time *time, bool alone,
                       dsr_check_detail *out)
{
    const dsr_report *r = report_of(c, line);
    size_t dated = 0;
    *out = (dsr_check_detail){
        .kind = DSR_CHECK_DATE, .draft = time->span, .verdict = DSR_DETAIL_UNTOLD, .report = line->report};
    for (size_t i = DSR_CHECK_FIRST(&r->times, line->span.start);
         i < r->times.count && r->times.items[i].span.start < line->span.end; i++) {
        const dsr_time *other = &r->times.items[i];
        bool words = dsr_slice_equal_nocase(dsr_slice_part(c->draft->text, time->span.start, time->span.end),
                                            dsr_slice_part(r->text, other->span.start, other->span.end));
        if (!is_dated(other) && !words) {
            continue;
        }
        dated++;
        bool both = is_dated(time) && is_dated(other);
        if (both ? time->earliest < other->latest && other->earliest < time->latest : words) {
            out->verdict = DSR_DETAIL_SAME;
            out->at = other->span;
            return;
        }
        out->at = other->span;
    }
    if (dated == 1 && alone && is_dated(time)) {
        out->verdict = DSR_DETAIL_DIFFERS;
    } else if (dated == 0 && is_dated(time) && is_near_publication(r, time)) {
        out->verdict = DSR_DETAIL_COMPATIBLE;
        out->at = line->span;
    }
}

static bool moves_day(const dsr_check_unit *unit, const dsr_report *draft)
{
    size_t dated = 0;
    for (uint32_t i = 0; i < unit->time_count; i++) {
        dated += is_dated(&draft->times.items[unit->times[i]]);
    }
    return dated == 1;
}

/* ---- what is said not to be so ---- */

static bool has_key(const uint64_t *keys, uint32_t count, uint64_t key)
{
    for (uint32_t i = 0; i < count; i++) {
        if (keys[i] == key) {
            return true;
        }
    }
    return false;
}

/* One word of denial [first, last) in a scope: whether the other side tells, without one, what it denies: its
 * first word, and half of its words. */
static bool is_told_beside(const dsr_check_scope *no, uint32_t first, uint32_t last,
                           const dsr_check_scope *other, const dsr_told_keys *tells, bool covered)
{
    uint32_t told = 0, all = 0;
    bool head = false;
    for (uint32_t i = first; i < last; i++) {
        bool has = has_key(tells->items, tells->count, no->keys[i]) &&
                   !has_key(other->keys, other->count, no->keys[i]);
        head = head || (all == 0 && has);
        told += has;
        all++;
    }
    return (told * 2 >= all && (head || told * 3 >= all * 2)) || (head && covered);
}

/* Where one side denies what the other tells without a denial; UINT32_MAX. That somebody denies it is told by
 * the draft as a fact, so that only reports deny in that way. */
static uint32_t denied_key(const dsr_check_scope *no, const dsr_check_scope *other,
                           const dsr_told_keys *tells, bool by_somebody, bool covered)
{
    for (uint32_t first = 0, last; first < no->count; first = last) {
        for (last = first + 1; last < no->count && no->word[last].start == no->word[first].start;) {
            last++;
        }
        if ((by_somebody || !no->denied[first]) && is_told_beside(no, first, last, other, tells, covered)) {
            return first;
        }
    }
    return UINT32_MAX;
}

static dsr_status match_scopes(dsr_checker *c, const dsr_check_unit *unit, const dsr_check_line *line,
                               dsr_check_match *m)
{
    dsr_check_scope theirs;
    dsr_status status = dsr_told_read(&c->told, line->report);
    if (status != DSR_OK) {
        return status;
    }
    dsr_check_find_scope(c, report_of(c, line), line->span, &theirs);
    uint64_t room[DSR_UNIT_WORDS];
    dsr_told_keys own = {room, 0};
    for (uint32_t i = 0; i < unit->word_count; i++) {
        room[own.count++] = unit->words[i].key;
    }
    uint32_t found = denied_key(&theirs, &unit->scope, &own, true, m->share >= COVERED);
    if (found != UINT32_MAX) {
        contradict(m, line, DSR_CHECK_DENIAL, unit->span, theirs.word[found]);
        return DSR_OK;
    }
    found = denied_key(&unit->scope, &theirs, &line->keys, false, m->share >= COVERED);
    if (found != UINT32_MAX) {
        contradict(m, line, DSR_CHECK_DENIAL, unit->scope.word[found], line->span);
    }
    return DSR_OK;
}

/* ---- all ---- */

static dsr_status match_details(dsr_checker *c, const dsr_check_unit *unit, const dsr_check_line *line,
                                dsr_check_match *m)
{
    bool alone = moves_day(unit, c->draft);
    dsr_status status = dsr_told_read(&c->told, line->report);
    for (uint32_t i = 0; i < unit->figure_count; i++) {
        match_figure(c, unit, line, &c->draft->figures.items[unit->figures[i]], &m->figures[i]);
    }
    for (uint32_t i = 0; i < unit->time_count; i++) {
        match_time(c, line, &c->draft->times.items[unit->times[i]], alone, &m->times[i]);
    }
    for (uint32_t i = 0; status == DSR_OK && i < unit->quote_count; i++) {
        const dsr_quote *quote = &c->draft->quotes.items[unit->quotes[i]];
        dsr_span other;
        if (quote->kind == DSR_QUOTE_INDIRECT) {
            m->quotes[i] = (dsr_check_detail){.verdict = DSR_DETAIL_COMPATIBLE, .kind = DSR_CHECK_QUOTE};
        } else {
            status = dsr_check_quote(c, line, quote, unit->span, &m->quotes[i]);
        }
        if (status == DSR_OK && m->quotes[i].verdict <= DSR_DETAIL_COMPATIBLE &&
            dsr_check_other_speaker(
                c, line, quote, quote->kind == DSR_QUOTE_INDIRECT ? line->span : m->quotes[i].at, &other)) {
            contradict(m, line, DSR_CHECK_SPEAKER, quote->speaker, other);
        }
    }
    return status;
}

/* The first of the details that differs contradicts; false where one of them is not told. */
static bool judge_details(const dsr_check_line *line, const dsr_check_detail *details, uint32_t count,
                          dsr_check_match *m)
{
    bool told = true;
    for (uint32_t i = 0; i < count; i++) {
        if (details[i].verdict == DSR_DETAIL_DIFFERS &&
            (details[i].kind != DSR_CHECK_DATE || m->share >= DATES_DIFFER)) {
            contradict(m, line, details[i].kind, details[i].draft, details[i].at);
        }
        told = told && details[i].verdict <= DSR_DETAIL_COMPATIBLE;
    }
    return told;
}

static bool has_same_quote(const dsr_check_unit *unit, const dsr_check_match *m, const dsr_report *draft)
{
    for (uint32_t i = 0; i < unit->quote_count; i++) {
        if (draft->quotes.items[unit->quotes[i]].kind != DSR_QUOTE_INDIRECT &&
            m->quotes[i].verdict <= DSR_DETAIL_COMPATIBLE &&
            unit->quoted * 5 >= (unit->span.end - unit->span.start) * 2) {
            return true;
        }
    }
    return false;
}

/* A name that the line lacks may be the speaker whom it gives another name. */
static uint32_t names_that_must_be_there(const dsr_check_match *m)
{
    return m->contradicts && m->found.kind == DSR_CHECK_SPEAKER ? 1 : 0;
}

/* What was so months before the draft, or will be, does not contradict it. */
static bool is_of_this_time(const dsr_checker *c, const dsr_check_line *line)
{
    const int64_t most = DAYS_OF_ONE_TIME * INT64_C(86400);
    const dsr_moment *own = &c->draft->meta.published, *other = &report_of(c, line)->meta.published;
    bool dated = own->iso.len > 0 && other->iso.len > 0;
    return !dated || (other->earliest - own->latest <= most && own->earliest - other->latest <= most);
}

dsr_status dsr_check_match_line(dsr_checker *c, const dsr_check_unit *unit, uint32_t number,
                                dsr_check_match *out)
{
    const dsr_check_line *line = &c->lines.items[number];
    dsr_check_match m = {.line = number};
    compare_words(unit, line, &m);
    uint32_t stems = unit->stems < STEMS ? unit->stems : STEMS;
    uint32_t part = m.names_missing == 0 && m.names > 0 ? PART_NAMED : PART;
    if (m.share < part || m.stems < stems || (stems == 0 && unit->quoted == 0)) {
        *out = m;
        return DSR_OK;
    }
    dsr_status status = match_details(c, unit, line, &m);
    dsr_check_match_numbers(c, unit, line, m.numbers);
    bool numbers = judge_details(line, m.numbers, unit->number_count, &m);
    bool figures = judge_details(line, m.figures, unit->figure_count, &m);
    bool times = judge_details(line, m.times, unit->time_count, &m);
    bool quotes = judge_details(line, m.quotes, unit->quote_count, &m);
    bool same_quote = has_same_quote(unit, &m, c->draft);
    if (status == DSR_OK && !same_quote) {
        status = match_scopes(c, unit, line, &m);
    }
    /* Of a fact that is told in one word besides names, every word must be there. */
    bool solid = unit->stems >= STEMS || same_quote || m.share == 1000;
    bool lacks = m.names_missing > names_that_must_be_there(&m);
    if (m.contradicts && !is_of_this_time(c, line)) {
        m.kind = DSR_MATCH_NONE;
    } else if (m.contradicts) {
        bool enough = m.share >= CONTRADICTS || same_quote;
        m.kind = enough && !lacks ? DSR_MATCH_CONTRADICTS : DSR_MATCH_NONE;
    } else {
        bool whole = m.share >= (same_quote ? QUOTE_CARRIES : CARRIES) && !lacks;
        m.kind = whole && solid && numbers && figures && times && quotes ? DSR_MATCH_CARRIES : DSR_MATCH_PART;
    }
    *out = m;
    return status;
}
