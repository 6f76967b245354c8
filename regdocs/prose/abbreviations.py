"""Abbreviations with a full stop, by what the stop can mean: no end, none before a number, or one that may be an end.

Written without their last stop and in small letters. English first; a few of languages that our documents come in.
"""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A word follows: "Dr. Li", "e.g. fever". The stop never ends a sentence.
NEVER_END = _set(
    """
    dr mr mrs ms mx prof rev hon st sr messrs gen
    e.g eg i.e ie cf viz vs v ca approx incl excl
    tel z.b d.h u.a bzw ggf vgl evtl nr dra sra
    ts ths bs gs pgs tp ths.bs pgs.ts gs.ts ts.bs
    """
)

# Before a number only: "No. 5", "Fig. 2", but "The answer is no. You may leave."
BEFORE_NUMBER = _set(
    """
    no nos fig figs tab tabs sec sect ref refs eq vol ed pp p para paras art cl ch app cat ext núm pág abs
    """
)

# The stop may also end a sentence; it does where what follows begins one: "at 9 a.m. You may eat."
MAY_END = _set(
    """
    etc et al min max inc ltd co corp jr sr dept univ bros
    a.m p.m am pm u.s u.k e.u u.n u.s.a b.i.d t.i.d q.i.d p.o i.v s.c i.m
    m.d ph.d pharm.d r.n b.a m.a d.o b.sc m.sc m.p.h
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    usw v.v
    """
)

# Words that begin sentences more often than names: after a stop that may end a sentence they say that it did.
BEGINNERS = _set(
    """
    a all also although an and another any anyone are as ask at because before both but by call can could did do does
    during each either even every everyone for from had has have he her here his how however i if in is it its many may
    most must my no nobody not nothing on once one only or other our people please she should since so some such take
    tell than that the their then there these they this those to under until very was we were what when where whether
    which while who whoever whose why will with without would yes you your
    nếu khi các những một quý bạn chúng tôi việc thông tin trong
    """
)
