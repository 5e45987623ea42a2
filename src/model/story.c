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

const char *dsr_realis_name(dsr_realis realis)
{
    static const char *const names[] = {"actual", "historical", "future"};
    return realis <= DSR_REALIS_FUTURE ? names[realis] : "actual";
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
