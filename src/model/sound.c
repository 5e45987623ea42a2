/* What every record promises, checked: the gate behind which no stage has to doubt a span, a kind or a
 * character. Must not know who made the record or why. Linear time in the record. */
#include "base/limits.h"
#include "base/utf8.h"
#include "model/report.h"

/* Whether a character begins at `at`; the text is valid UTF-8. Its end counts too. */
static bool is_boundary(dsr_slice text, size_t at)
{
    return at == text.len || (at < text.len && ((unsigned char)text.ptr[at] & 0xc0) != 0x80);
}

static bool is_span(dsr_slice text, dsr_span span)
{
    return span.start < span.end && is_boundary(text, span.start) && is_boundary(text, span.end);
}

/* A count without items is a list that nobody may walk. */
#define LIST_IS_SOUND(list) ((list)->count == 0 || (list)->items != NULL)

static const char *check_texts(const dsr_report *report)
{
    dsr_slice text = report->text;
    if (text.len > DSR_LIMIT_TEXT_BYTES) {
        return "the text is longer than a report may be";
    }
    if ((text.ptr == NULL && text.len > 0) || !dsr_utf8_is_valid(text, NULL)) {
        return "the text is not UTF-8";
    }
    const dsr_source *source = &report->source;
    const dsr_meta *meta = &report->meta;
    /* Paths and warnings are left out: a file's name may be any bytes, and a warning may quote it. */
    const dsr_slice fields[] = {
        source->record,      source->guid,      source->url,       source->format,      source->encoding,
        meta->headline,      meta->outlet,      meta->dateline,    meta->language,      meta->published.iso,
        meta->published_why, meta->section,     meta->canonical,   meta->modified.iso,  meta->headline_why,
        meta->outlet_why,    meta->authors_why, meta->section_why, meta->canonical_why, meta->modified_why};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if ((fields[i].ptr == NULL && fields[i].len > 0) || !dsr_utf8_is_valid(fields[i], NULL)) {
            return "a field of source or meta is not UTF-8";
        }
    }
    return NULL;
}

static bool are_values(const dsr_slices *list, bool utf8)
{
    if (!LIST_IS_SOUND(list)) {
        return false;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].ptr == NULL || (utf8 && !dsr_utf8_is_valid(list->items[i], NULL))) {
            return false;
        }
    }
    return true;
}

static const char *check_meta(const dsr_report *report)
{
    const dsr_meta *meta = &report->meta;
    if (!are_values(&meta->agencies, true)) {
        return "an agency has no value or is not UTF-8";
    }
    if (!are_values(&meta->authors, true) || meta->authors.count > DSR_LIMIT_AUTHORS) {
        return "an author has no value or is not UTF-8, or there are too many";
    }
    if (!are_values(&report->source.more_paths, false)) {
        return "a further path has no value";
    }
    if (!are_values(&report->warnings, false) || report->warnings.count > DSR_LIMIT_WARNINGS) {
        return "a warning has no value, or there are too many";
    }
    const dsr_origin origins[] = {meta->headline_from, meta->outlet_from, meta->agencies_from,
                                  meta->published_from};
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        if ((unsigned)origins[i] > DSR_FROM_INFERRED) {
            return "a field of meta comes from an unknown place";
        }
    }
    if (!dsr_moment_is_sound(&meta->modified)) {
        return "the date of the last change is no date";
    }
    return dsr_moment_is_sound(&meta->published) ? NULL : "the publication date is no date";
}

static bool is_run(dsr_slice text, const dsr_source_map_run *run)
{
    if (!is_span(text, run->text) || run->source.start > run->source.end || run->source.end > INT64_MAX) {
        return false;
    }
    uint64_t source_bytes = run->source.end - run->source.start;
    if (run->unit == DSR_MAP_WHOLE) {
        return true;
    }
    if (run->unit == 0) {
        return source_bytes == run->text.end - run->text.start;
    }
    return source_bytes ==
           dsr_utf8_count(dsr_slice_part(text, run->text.start, run->text.end)) * (uint64_t)run->unit;
}

static const char *check_source_map(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->source_map)) {
        return "the source map has no storage";
    }
    uint32_t text_end = 0;
    uint64_t source_end = 0;
    for (size_t i = 0; i < report->source_map.count; i++) {
        const dsr_source_map_run *run = &report->source_map.items[i];
        if (!is_run(report->text, run)) {
            return "a run of the source map does not fit the text";
        }
        if (run->text.start < text_end || run->source.start < source_end) {
            return "the source map does not ascend";
        }
        text_end = run->text.end;
        source_end = run->source.end;
    }
    return NULL;
}

static const char *check_furniture(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->furniture)) {
        return "the furniture has no storage";
    }
    uint32_t end = 0;
    for (size_t i = 0; i < report->furniture.count; i++) {
        const dsr_furniture *furniture = &report->furniture.items[i];
        if (!is_span(report->text, furniture->span) || furniture->span.start < end) {
            return "a span of furniture is out of range, out of order or overlaps";
        }
        if ((unsigned)furniture->kind >= DSR_FURNITURE_KINDS) {
            return "a kind of furniture is unknown";
        }
        end = furniture->span.end;
    }
    return NULL;
}

/* Levels as report.h says. */
static bool is_level(dsr_block_kind kind, unsigned level)
{
    if (kind == DSR_BLOCK_HEADING) {
        return level >= 1 && level <= 6;
    }
    if (kind == DSR_BLOCK_LIST_ITEM) {
        return level >= 1 && level <= DSR_BLOCK_LEVELS;
    }
    return level == 0;
}

static const char *check_blocks(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->blocks)) {
        return "the blocks have no storage";
    }
    uint32_t end = 0;
    for (size_t i = 0; i < report->blocks.count; i++) {
        const dsr_block *block = &report->blocks.items[i];
        if (!is_span(report->text, block->span) || block->span.start < end) {
            return "a block is out of range, out of order or overlaps";
        }
        if ((unsigned)block->kind >= DSR_BLOCK_KINDS || !is_level(block->kind, block->level)) {
            return "a block is of an unknown kind or level";
        }
        end = block->span.end;
    }
    return NULL;
}

static bool is_text(dsr_slice value)
{
    return (value.ptr != NULL || value.len == 0) && dsr_utf8_is_valid(value, NULL);
}

static const char *check_left(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->left)) {
        return "the parts left out have no storage";
    }
    if (report->left.count > DSR_LIMIT_LEFT_PARTS) {
        return "there are too many parts left out";
    }
    for (size_t i = 0; i < report->left.count; i++) {
        const dsr_left_part *part = &report->left.items[i];
        if (part->source.start > part->source.end || part->source.end > INT64_MAX) {
            return "a part left out ends before it starts, or behind every source";
        }
        if (!is_text(part->why) || !is_text(part->start)) {
            return "a part left out is not told in UTF-8";
        }
    }
    return NULL;
}

static const char *check_sentences(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->sentences)) {
        return "the sentences have no storage";
    }
    uint32_t end = 0;
    for (size_t i = 0; i < report->sentences.count; i++) {
        dsr_span span = report->sentences.items[i];
        if (!is_span(report->text, span) || span.start < end) {
            return "a sentence is out of range, out of order or overlaps";
        }
        end = span.end;
    }
    return NULL;
}

static const char *check_entities(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->entities)) {
        return "the entities have no storage";
    }
    for (size_t i = 0; i < report->entities.count; i++) {
        const dsr_entity *entity = &report->entities.items[i];
        if (entity->id.len == 0 || entity->canonical.len == 0 || !is_text(entity->id) ||
            !is_text(entity->canonical) || (unsigned)entity->type >= DSR_NAME_TYPES) {
            return "an entity has no id, no name or an unknown type";
        }
        if (entity->given_sex != 0 && entity->given_sex != 'f' && entity->given_sex != 'm') {
            return "the sex that an entity's given name tells is none";
        }
    }
    return NULL;
}

static bool is_tied(const dsr_report *report, dsr_tie tie, dsr_span because)
{
    bool rests = because.start != 0 || because.end != 0;
    return (unsigned)tie < DSR_TIES && (!rests || is_span(report->text, because));
}

static const char *check_names(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->names)) {
        return "the names have no storage";
    }
    uint32_t end = 0;
    for (size_t i = 0; i < report->names.count; i++) {
        const dsr_name *name = &report->names.items[i];
        if (!is_span(report->text, name->span) || name->span.start < end) {
            return "a name is out of range, out of order or overlaps";
        }
        if ((unsigned)name->type >= DSR_NAME_TYPES || name->entity >= report->entities.count ||
            (name->metonym_for != DSR_NO_ENTITY && name->metonym_for >= report->entities.count)) {
            return "a name is of an unknown type or names nobody";
        }
        if (!is_tied(report, name->tie, name->because)) {
            return "why a name is whose is unknown or rests on what is not there";
        }
        end = name->span.end;
    }
    return NULL;
}

static const char *check_references(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->references) || !LIST_IS_SOUND(&report->roles)) {
        return "the references or roles have no storage";
    }
    uint32_t end = 0;
    for (size_t i = 0; i < report->references.count; i++) {
        const dsr_reference *reference = &report->references.items[i];
        if (!is_span(report->text, reference->span) || reference->span.start < end ||
            (unsigned)reference->kind >= DSR_REFERENCE_KINDS || reference->entity >= report->entities.count) {
            return "a reference is out of range or order, overlaps, is of an unknown kind or leads to nobody";
        }
        if (!is_tied(report, reference->tie, reference->because)) {
            return "why a reference is whose is unknown or rests on what is not there";
        }
        end = reference->span.end;
    }
    uint32_t start = 0;
    for (size_t i = 0; i < report->roles.count; i++) {
        const dsr_role *role = &report->roles.items[i];
        if (!is_span(report->text, role->span) || role->span.start < start ||
            role->entity >= report->entities.count) {
            return "a role is out of range or order, or is nobody's";
        }
        start = role->span.start;
    }
    return NULL;
}

static bool is_mention(dsr_slice text, dsr_span span)
{
    return (span.start == 0 && span.end == 0) || is_span(text, span);
}

static const char *check_said(const dsr_report *report, const dsr_quote *quote)
{
    if ((unsigned)quote->kind > DSR_QUOTE_SCARE || (unsigned)quote->medium >= DSR_MEDIA ||
        (unsigned)quote->how >= DSR_SAID_HOWS) {
        return "a kind of quotation, medium or finding is unknown";
    }
    if (quote->entity != DSR_NO_ENTITY && quote->entity >= report->entities.count) {
        return "the speaker of a quotation is no entity of the report";
    }
    if (!is_mention(report->text, quote->speaker) || !is_mention(report->text, quote->cue) ||
        !is_mention(report->text, quote->audience)) {
        return "the speaker, cue or audience of a quotation is out of range";
    }
    return quote->confidence > 1000 ? "a quotation is more than certain" : NULL;
}

/* Quotations may stand in one another, so they are ordered by their starts only; credits too, for one phrase
 * may name two agencies. */
static const char *check_quotes_and_credits(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->quotes) || !LIST_IS_SOUND(&report->credits)) {
        return "the quotations or credits have no storage";
    }
    uint32_t start = 0;
    for (size_t i = 0; i < report->quotes.count; i++) {
        const dsr_quote *quote = &report->quotes.items[i];
        if (!is_span(report->text, quote->span) || quote->span.start < start) {
            return "a quotation is out of range or out of order";
        }
        const char *wrong = check_said(report, quote);
        if (wrong != NULL) {
            return wrong;
        }
        start = quote->span.start;
    }
    start = 0;
    for (size_t i = 0; i < report->credits.count; i++) {
        const dsr_credit *credit = &report->credits.items[i];
        if (!is_span(report->text, credit->span) || credit->span.start < start) {
            return "a credit is out of range or out of order";
        }
        if ((credit->agency.ptr == NULL && credit->agency.len > 0) ||
            !dsr_utf8_is_valid(credit->agency, NULL)) {
            return "the agency of a credit is not UTF-8";
        }
        start = credit->span.start;
    }
    return NULL;
}

static bool is_within(int value, int least, int most)
{
    return value == DSR_UNSAID || (value >= least && value <= most);
}

static bool is_form(const dsr_time_form *form)
{
    return (unsigned)form->kind < DSR_TIME_KINDS && (unsigned)form->anchor < DSR_ANCHORS &&
           (unsigned)form->unit < DSR_UNITS && is_within(form->year, 0, 3000) &&
           is_within(form->month, 1, 12) && is_within(form->day, 1, 31) && is_within(form->weekday, 0, 6) &&
           is_within(form->quarter, 1, 4) && is_within(form->half, 1, 2) && is_within(form->hour, 0, 24) &&
           is_within(form->minute, 0, 59) && is_within(form->second, 0, 60) && is_within(form->week, 1, 53) &&
           is_within(form->holiday, 101, 31000) && is_within(form->shift, -3000, 3000) &&
           form->count >= DSR_TIME_VAGUE;
}

static bool is_time(const dsr_time *time)
{
    return (unsigned)time->type < DSR_TIME_TYPES && (unsigned)time->mod < DSR_TIME_MODS &&
           is_form(&time->form) && is_text(time->value) && is_text(time->why) &&
           (time->earliest == DSR_NO_DAY) == (time->latest == DSR_NO_DAY) &&
           (time->earliest == DSR_NO_DAY || time->earliest < time->latest);
}

static const char *check_times(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->times)) {
        return "the times have no storage";
    }
    uint32_t end = 0;
    for (size_t i = 0; i < report->times.count; i++) {
        const dsr_time *time = &report->times.items[i];
        if (!is_span(report->text, time->span) || time->span.start < end || !is_time(time)) {
            return "a time is out of range or order, overlaps, or is of an unknown kind";
        }
        end = time->span.end;
    }
    return NULL;
}

static bool is_figure(const dsr_report *report, const dsr_figure *figure)
{
    bool no_thing = figure->thing.start == figure->thing.end;
    return (unsigned)figure->approx < DSR_APPROXES && dsr_decimal_is_sound(figure->value) &&
           dsr_decimal_is_sound(figure->low) && dsr_decimal_is_sound(figure->high) && is_text(figure->unit) &&
           is_text(figure->kind) && is_text(figure->as_of) &&
           (figure->has_value || figure->has_low || figure->has_high) &&
           (no_thing || is_span(report->text, figure->thing));
}

static const char *check_figures(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->figures)) {
        return "the figures have no storage";
    }
    uint32_t end = 0;
    for (size_t i = 0; i < report->figures.count; i++) {
        const dsr_figure *figure = &report->figures.items[i];
        if (!is_span(report->text, figure->span) || figure->span.start < end || !is_figure(report, figure)) {
            return "a figure is out of range or order, overlaps, or has no number";
        }
        end = figure->span.end;
    }
    return NULL;
}

static bool is_actor(const dsr_report *report, const dsr_actor *actor)
{
    return is_mention(report->text, actor->span) && is_text(actor->code) &&
           (actor->entity == DSR_NO_ENTITY || actor->entity < report->entities.count) &&
           (actor->side == DSR_NO_ENTITY || actor->side < report->entities.count);
}

static bool are_actors(const dsr_report *report, const dsr_actors *actors)
{
    bool good = LIST_IS_SOUND(actors);
    for (size_t i = 0; good && i < actors->count; i++) {
        good = is_actor(report, &actors->items[i]);
    }
    return good;
}

static const char *check_events(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->events)) {
        return "the events have no storage";
    }
    uint32_t start = 0;
    for (size_t i = 0; i < report->events.count; i++) {
        const dsr_event *event = &report->events.items[i];
        if (!is_span(report->text, event->span) || event->span.start < start ||
            !is_span(report->text, event->action)) {
            return "an event is out of range or out of order";
        }
        if ((unsigned)event->type >= DSR_EVENT_TYPES || (unsigned)event->realis >= DSR_REALES ||
            !is_text(event->mode) || !is_text(event->cameo) || !is_text(event->rule) ||
            !are_actors(report, &event->sources) || !are_actors(report, &event->targets) ||
            !is_actor(report, &event->told_by) || !is_mention(report->text, event->when) ||
            !is_mention(report->text, event->where)) {
            return "an event is of an unknown kind, or somebody or something in it is out of range";
        }
        start = event->span.start;
    }
    return NULL;
}

static const char *check_positions(const dsr_report *report)
{
    if (!LIST_IS_SOUND(&report->positions)) {
        return "the positions have no storage";
    }
    uint32_t start = 0;
    for (size_t i = 0; i < report->positions.count; i++) {
        const dsr_position *position = &report->positions.items[i];
        if (!is_span(report->text, position->span) || position->span.start < start ||
            !is_span(report->text, position->action)) {
            return "a position is out of range or out of order";
        }
        if ((unsigned)position->stance >= DSR_STANCES || !is_text(position->issue) ||
            !is_text(position->rule) || !is_actor(report, &position->party) ||
            !is_actor(report, &position->speaker) || !are_actors(report, &position->toward) ||
            !is_mention(report->text, position->answers)) {
            return "a position is of an unknown stance, or somebody or something in it is out of range";
        }
        start = position->span.start;
    }
    return NULL;
}

bool dsr_report_is_sound(const dsr_report *report, const char **what)
{
    static const char *(*const checks[])(const dsr_report *) = {
        check_texts,   check_meta,       check_source_map,         check_furniture,
        check_blocks,  check_left,       check_sentences,          check_entities,
        check_names,   check_references, check_quotes_and_credits, check_times,
        check_figures, check_events,     check_positions};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        const char *broken = checks[i](report);
        if (broken != NULL) {
            if (what != NULL) {
                *what = broken;
            }
            return false;
        }
    }
    return true;
}
