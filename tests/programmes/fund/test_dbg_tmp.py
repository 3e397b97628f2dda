from tests.programmes.fund.test_staff_pages import *
@pytest.mark.django_db
def test_dbg(it):
    use = it.counted(it.announced(it.draft()), ALL_AGREE)
    c = signed_in(it, "committee")
    print(it.at)
    it.wait(9)
    from linli.cases.models import Case
    f=json.loads(Case.objects.get(id=use).facts)
    print(it.at, f["publicity_ends"], it.today())
    print(re.sub(r"<svg.*?</svg>","",main(text(c.get("/staff/fund/"))),flags=re.S)[:1500])
    assert 0
