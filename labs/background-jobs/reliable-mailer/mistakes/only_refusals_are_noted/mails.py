from bookings import app, mail_of, note, reserve, transaction
from mailserver import Later, Refused, send


def book(home, address, day):
    with transaction() as db:
        booking = reserve(db, home, address, day)
    send_confirmation.delay(booking)
    return booking


@app.task(
    autoretry_for=(Later,),
    retry_backoff=True,
    max_retries=5,
    acks_late=True,
    reject_on_worker_lost=True,
)
def send_confirmation(booking):
    mail = mail_of(booking)
    if mail.state == "sent":
        return
    try:
        send(mail.address, mail.text, key=f"confirmation {booking}")
    except Refused as error:
        note(booking, "dead", str(error))
    else:
        note(booking, "sent")
