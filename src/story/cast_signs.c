/* What tells persons apart or says that they are one beside their names: countries, callings, sex. Must not
 * know how names compare. */
#include "story/cast_parts.h"

bool dsr_cast_share_country(const dsr_cast_node *a, const dsr_cast_node *b)
{
    for (size_t i = 0; i < a->country_count; i++) {
        for (size_t j = 0; j < b->country_count; j++) {
            if (a->countries[i] == b->countries[j]) {
                return true;
            }
        }
    }
    return false;
}

bool dsr_cast_share_family(const dsr_cast_node *a, const dsr_cast_node *b)
{
    for (size_t i = 0; i < a->family_count; i++) {
        for (size_t j = 0; j < b->family_count; j++) {
            if (a->families[i] == b->families[j]) {
                return true;
            }
        }
    }
    return false;
}

bool dsr_cast_callings_differ(const dsr_cast_node *a, const dsr_cast_node *b)
{
    if (a->calling_count == 0 || b->calling_count == 0 || dsr_cast_share_family(a, b) ||
        dsr_cast_share_country(a, b)) {
        return false;
    }
    for (size_t i = 0; i < a->calling_count; i++) {
        for (size_t j = 0; j < b->calling_count; j++) {
            if (a->callings[i] == b->callings[j]) {
                return false;
            }
        }
    }
    return true;
}

bool dsr_cast_sexes_differ(const dsr_cast_node *a, const dsr_cast_node *b)
{
    return a->sex != 0 && b->sex != 0 && a->sex != b->sex;
}

bool dsr_cast_sexes_seem_to_differ(const dsr_cast_node *a, const dsr_cast_node *b)
{
    char one = a->sex != 0 ? a->sex : a->given_sex;
    char other = b->sex != 0 ? b->sex : b->given_sex;
    return one != 0 && other != 0 && one != other;
}

/* Both are said to be of some country, and of none that is the same. */
bool dsr_cast_countries_differ(const dsr_cast_node *a, const dsr_cast_node *b)
{
    return a->country_count > 0 && b->country_count > 0 && !dsr_cast_share_country(a, b);
}

bool dsr_cast_ages_differ(uint8_t a, uint8_t b)
{
    enum { APART = 2 };
    return a != 0 && b != 0 && (a > b ? a - b : b - a) > APART;
}
