/* What follows from the numbers of a pair of reports by arithmetic alone. Must not know how they were
 * counted. */
#include "model/story.h"

/* Thousandths, rounded half up, at most 1000. In 64 bits the product of two counts cannot overflow. */
static uint32_t share(uint32_t words, uint32_t of)
{
    if (of == 0) {
        return 0;
    }
    uint64_t thousandths = ((uint64_t)words * 1000 + of / 2) / of;
    return thousandths > 1000 ? 1000 : (uint32_t)thousandths;
}

uint32_t dsr_reuse_share_of_from(const dsr_reuse *reuse)
{
    return share(reuse->words, reuse->words_of_from);
}

uint32_t dsr_reuse_share_of_to(const dsr_reuse *reuse)
{
    return share(reuse->words, reuse->words_of_to);
}

const char *dsr_statement_kind_name(dsr_statement_kind kind)
{
    static const char *const names[] = {"fact", "event", "plan", "background", "quote", "figure"};
    return kind < DSR_STATEMENT_KINDS ? names[kind] : "fact";
}

const char *dsr_lean_kind_name(dsr_lean_kind kind)
{
    static const char *const names[] = {"named", "unnamed", "document", "own"};
    return kind < DSR_LEAN_KINDS ? names[kind] : "own";
}

const char *dsr_disagreement_kind_name(dsr_disagreement_kind kind)
{
    static const char *const names[] = {"figure", "date", "denial", "quote", "name", "edit"};
    return kind < DSR_DISAGREE_KINDS ? names[kind] : "figure";
}

int dsr_story_compare_reports(const dsr_story *story, uint32_t a, uint32_t b)
{
    const dsr_report *x = story->reports.items[a].report, *y = story->reports.items[b].report;
    bool nameless_x = x->meta.agencies.count == 0, nameless_y = y->meta.agencies.count == 0;
    if (nameless_x != nameless_y) {
        return nameless_x ? 1 : -1;
    }
    int64_t day_x = x->meta.published.iso.len > 0 ? x->meta.published.latest : INT64_MAX;
    int64_t day_y = y->meta.published.iso.len > 0 ? y->meta.published.latest : INT64_MAX;
    if (day_x != day_y) {
        return day_x < day_y ? -1 : 1;
    }
    return dsr_id_compare(x->id, y->id);
}
