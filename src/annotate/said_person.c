/* Whom a mention that speaks stands for, where its head alone does not tell: the name in its apposition, or
 * who spoke just before. Must not know which quotation is whose. */
#include "annotate/said_parts.h"

enum { BACK_MOST = 24 };

/* Names that complete a phrase ("a spokesman for Jane Roe") are not whom it means. */
static bool is_complement(const dsr_said_state *s, uint32_t first, uint32_t phrase)
{
    uint32_t t = first;
    while (t > phrase &&
           (s->tokens[t - 1].upos == DSR_UPOS_PROPN || s->tokens[t - 1].upos == DSR_UPOS_ADJ ||
            s->tokens[t - 1].relation == DSR_REL_COMPOUND || s->tokens[t - 1].upos == DSR_UPOS_DET)) {
        t--;
    }
    return t > phrase && (s->tokens[t - 1].upos == DSR_UPOS_ADP || s->tokens[t - 1].upos == DSR_UPOS_CCONJ ||
                          s->tokens[t - 1].upos == DSR_UPOS_VERB);
}

/* The first name of a person in a phrase that is no complement and owns nothing; NONE. */
static uint32_t person_in(const dsr_said_state *s, const dsr_said_mention *m)
{
    for (uint32_t t = m->first; t < m->end; t++) {
        uint32_t name = s->tokens[t].name;
        if (s->tokens[t].relation == DSR_REL_ACL_RELCL || dsr_said_is(s, t, "who which whose whom")) {
            return DSR_SAID_NONE; /* a clause of its own begins */
        }
        if (name == DSR_SAID_NONE || s->report->names.items[name].type != DSR_NAME_PER) {
            continue;
        }
        uint32_t end = t + 1;
        while (end < s->token_count && s->tokens[end].name == name) {
            end++;
        }
        bool owner = dsr_said_is(s, end, "'s \xe2\x80\x99s ' \xe2\x80\x99");
        if (!owner && !is_complement(s, t, m->first)) {
            return name;
        }
        t = end - 1;
    }
    return DSR_SAID_NONE;
}

/* "the mayor", and nothing that tells him from another: "the former mayor", "the mayor of York". */
static bool is_definite(const dsr_said_state *s, const dsr_said_mention *m)
{
    uint8_t xpos = s->tokens[m->head].xpos;
    for (uint32_t t = m->first; t < m->end; t++) {
        if (s->tokens[t].name != DSR_SAID_NONE || dsr_said_is(s, t, "former previous other")) {
            return false;
        }
    }
    return dsr_said_is(s, m->first, "the") && xpos != DSR_XPOS_NNS && xpos != DSR_XPOS_NNPS;
}

/* The latest person before a mention who is subject of a verb of speech: of this paragraph, or, for a
 * pronoun, of the one above. */
static uint32_t last_speaker(const dsr_said_state *s, uint32_t mention)
{
    const dsr_said_mention *m = &s->mentions.items[mention];
    uint32_t paragraph = dsr_said_paragraph(s, m->head);
    for (uint32_t i = mention, back = 0; i-- > 0 && back < BACK_MOST; back++) {
        const dsr_said_mention *other = &s->mentions.items[i];
        uint32_t away = paragraph - dsr_said_paragraph(s, other->head);
        if (away > (m->type == DSR_TYPE_HE ? 1U : 0U)) {
            return DSR_NO_ENTITY;
        }
        bool speaks = other->cue_count > 0 && other->cues[0].link <= DSR_LINK_BESIDE;
        if (speaks && other->type == DSR_TYPE_PERSON && other->entity != DSR_NO_ENTITY) {
            return other->entity;
        }
    }
    return DSR_NO_ENTITY;
}

void dsr_said_know_person(dsr_said_state *s, uint32_t mention)
{
    dsr_said_mention *m = &s->mentions.items[mention];
    if (m->known) {
        return;
    }
    m->known = true;
    dsr_said_stretch(s, m);
    uint32_t name = s->tokens[m->head].name;
    bool person = name != DSR_SAID_NONE && s->report->names.items[name].type == DSR_NAME_PER;
    uint32_t within = person ? DSR_SAID_NONE : person_in(s, m);
    bool common = m->type == DSR_TYPE_ROLE || m->type == DSR_TYPE_NOUN || m->type == DSR_TYPE_BODY;
    m->unnamed = within == DSR_SAID_NONE && (m->type == DSR_TYPE_ROLE || m->type == DSR_TYPE_NOUN);
    if (within != DSR_SAID_NONE && common) {
        m->entity = s->report->names.items[within].entity;
    } else if (m->entity == DSR_NO_ENTITY &&
               (m->type == DSR_TYPE_HE || (m->type == DSR_TYPE_ROLE && is_definite(s, m)))) {
        m->entity = last_speaker(s, mention);
        m->guessed = m->entity != DSR_NO_ENTITY;
    }
    if (m->type == DSR_TYPE_HE && dsr_said_is_own_turn(s, mention)) {
        m->entity = DSR_NO_ENTITY;
        m->guessed = false;
    }
}
