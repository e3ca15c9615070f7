/** What a recipient needs to put a meeting into a calendar: MeMo's Reservation (memo-ngdp.md 1.5). Texts ≤ 256. */
export interface MeetingReservation {
  readonly label: string;
  readonly description: string;
  /** UUID v4 in form; the same for each message about the same meeting. */
  readonly reservationUuid: string;
  readonly abstract: string;
  readonly location: string;
  /** ISO 8601 in UTC. */
  readonly start: string;
  readonly end: string;
  readonly organizerMail: string | null;
  readonly organizerName: string | null;
}
