from bookings import app, mail_of, note, reserve, transaction
from celery import Task
from mailserver import send


def book(home, address, day):
    with transaction() as db:
        booking = reserve(db, home, address, day)
    send_confirmation.delay(booking)
    return booking


class Mailing(Task):
    def on_failure(self, error, task_id, args, kwargs, einfo):
        note(*args, "dead", str(error))


@app.task(
    base=Mailing,
    autoretry_for=(Exception,),
    retry_backoff=True,
    max_retries=5,
    acks_late=True,
    reject_on_worker_lost=True,
)
def send_confirmation(booking):
    mail = mail_of(booking)
    if mail.state == "sent":
        return
    send(mail.address, mail.text, key=f"confirmation {booking}")
    note(booking, "sent")
