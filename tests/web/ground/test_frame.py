"""The frame around every page: who is let in, what it says and what it refuses."""


def test_a_stranger_is_sent_to_the_door(site):
    with site.visit() as client:
        answer = client.get("/account?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/account%3Fx%3D1")


def test_the_owner_sees_the_house(client):
    page = client.get("/people").text
    assert "Brûlerie du Port" in page
    assert "Maëlle Kerbrat" in page
