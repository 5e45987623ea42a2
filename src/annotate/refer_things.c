/* Things that names name: making them and adding names to them. Must not know how it is told which is which.
 */
#include "annotate/refer_parts.h"

dsr_status dsr_refer_new_thing(dsr_refer_state *r, uint32_t mention, uint32_t *out)
{
    if (DSR_LIST_RESERVE(r->arena, &r->things, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    const dsr_name *name = mention != DSR_NONE ? &r->report->names.items[mention] : NULL;
    dsr_refer_thing thing = {.type = name != NULL ? name->type : DSR_NAME_GPE,
                             .canonical = name != NULL ? dsr_refer_text(r, name->span) : DSR_SLICE(""),
                             .first = mention,
                             .last = mention,
                             .fullest = DSR_NONE,
                             .entity = DSR_NO_ENTITY};
    *out = (uint32_t)r->things.count;
    r->things.items[r->things.count++] = thing;
    if (mention != DSR_NONE) {
        dsr_refer_join(r, mention, *out, DSR_TIE_NONE);
    }
    return DSR_OK;
}

void dsr_refer_join(dsr_refer_state *r, uint32_t mention, uint32_t thing, dsr_tie tie)
{
    dsr_refer_thing *t = &r->things.items[thing];
    r->mentions[mention].thing = thing;
    r->mentions[mention].tie = tie;
    r->mentions[mention].because = t->fullest;
    t->fullest = t->fullest == DSR_NONE ? mention : t->fullest;
    t->mentions++;
    t->first = mention < t->first ? mention : t->first;
    t->last = t->last == DSR_NONE || mention > t->last ? mention : t->last;
}

dsr_span dsr_refer_words(const dsr_refer_state *r, const dsr_refer_recent *recent)
{
    return (dsr_span){r->tokens[recent->first].span.start, r->tokens[recent->token].span.end};
}
