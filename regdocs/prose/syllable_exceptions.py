"""Words whose syllables no rule of `syllables.py` gets right, and words that others are put together from.

The counts are how the words are spoken, by a pronouncing dictionary where it has them and by ear where it has not.
"""

_BY_COUNT = {
    1: """
    aches drawer eye isle pier priest shire tier yield
    """,
    2: """
    acne acre argue aspirin bloodshed bluer bluest boa boredom bourgeois bracelet brazier brilliant business
    cashier catholic chile chocolate choir cloister colonel comeback cordial crooked cruelly deathbed diamond
    doer dryer embed evening evenings every farewell fatigued fired flyer foetus freest frontier genial genre
    giant glacier herpes hotbed liar lucre maybe naive naked northeast ogre omelet opera premier psyche pyre
    ragged righteous rugged sabre savior scapegoat science skiing soldier sophomore southeast sovereign
    stalemate suiting sundial takeoff theorem thereon transient truer truest tryout valiant vineyard wicked
    wretched
    """,
    3: """
    acquiesce adobe ammonia amnesia anyone apnea atheist axiom barbeque battalion beautifully beforehand
    behavior bonfire caressing cavalier caveat chandelier civilian closeted coalesce congenial conspire cornea
    coyote deified deify deity desire desired devour embryo empire everyday everything expire expired faceted
    facetious fiesta finale financier fireplace fluorescent forensic forested forever fruition gardenia gaseous
    genuine heresy heretic heroin hyacinth hyena idealist idealize ideally imagery impoverish infrared inspired
    interested karate koala lateral laureate likening limerick macabre machete magnolia massacre meander
    moreover myopic nausea nauseate northeastern nuclear nuclei nucleus nursery nuzzling oases oasis onerous
    pancreas parliament patio pavilion permeate pneumonia powerfully preamble principally ratio realism recipe
    reinstate requiem requirement rescuer retirement rpm scientist scuffling siesta simile somersault
    southeastern sovereignty subtly syncope takeover tapestry temperament theatre tiara trachea transpire umpire
    urea vampire vegetable vehement verbiage visually wherever whoever widening wobbly
    """,
    4: """
    accompaniment acquiescence altruism ambiguous anaesthesia anesthesia apostrophe arguable arguably atheistic
    behavioral biennial catastrophe coalition conscientious contiguous continuum cooperative diabetes diarrhea
    diarrhoea dyslexia elaborately embryonic emotionally epitome ethically euthanasia everybody facsimile
    foreseeable harmonious heredity heroism hyperbole hypoxia laboratory marijuana mediocre nevertheless
    northeasterly oceanic overreact panacea paranoia permeated poinsettia realization retroactive rheumatism
    scientific seniority vigilante zoologist zoology
    """,
    5: """
    aborigine axiomatic hereditary heterogeneous hydroelectric inalienable incongruity judiciary parliamentary
    partiality psychoanalyst radioactive sanctimonious satisfactorily scientifically spontaneity theologian
    """,
    6: """
    beneficiary impartiality individualist microorganism peculiarity psychoanalysis
    """,
    7: """
    confidentiality individualism radioactivity
    """,
}

EXCEPTIONS: dict[str, int] = {word: count for count, listed in _BY_COUNT.items() for word in listed.split()}

# First parts of compounds that end in a silent e: "some-times".
_PARTS = """
    bare base bride brides care cause cease cheese close drive eaves edge eye face fire five fore fuse game gate
    grape grave guide hare hedge here hide home hope horse house ice late life like lime line live love luke
    make mile mince mine more move name nine note nurse one pace page peace piece pipe praise race rage safe
    sage sales sauce scare shake share shore side sides site skate sledge smoke some space spoke spokes states
    stone store take tape there time trade type ware waste wastes wave where white whole wide wise
"""
COMPOUND_PARTS = tuple(_PARTS.split())
