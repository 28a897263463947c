from bookings import app, mail_of, reserve, transaction
from mailserver import send


def book(home, address, day):
    with transaction() as db:
        booking = reserve(db, home, address, day)
        send_confirmation.delay(booking)
    return booking


@app.task
def send_confirmation(booking):
    mail = mail_of(booking)
    send(mail.address, mail.text)
