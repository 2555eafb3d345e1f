export type Answer =
  | 'CANNOT_TELL'
  | 'NO'
  | 'YES';

export type ApproveChangeInput = {
  id: string;
  /** Of exactly what was read; a change that was altered since is refused. */
  payloadSha256: string;
};

/** Why an attempt was rejected. */
export type AttemptCause =
  /** A program's token that is unknown, has expired or was revoked. */
  | 'API_TOKEN'
  /** It came while the way in was closed. */
  | 'BLOCKED'
  /** Stopped before it was read. */
  | 'GATE'
  /** Too large, too slow, or too many at once. */
  | 'LIMIT'
  /** What was asked for does not exist; no rejection. */
  | 'NOTHING_THERE'
  /** The person may not do or see it; they were told that it does not exist. */
  | 'NO_RIGHT'
  /** A sign-in that did not come back from the identity provider as it should. */
  | 'PROVIDER'
  /** A wrong second factor. */
  | 'SECOND_FACTOR'
  /** A session that has ended, or none where one is needed. */
  | 'SESSION'
  /** A sign-in that was refused; the code says why. */
  | 'SIGN_IN_REFUSED'
  /** The person had to show once more who they are. */
  | 'STEP_UP'
  /** One account, or one token of a program, was in use from two networks at once; no rejection. */
  | 'TWO_NETWORKS'
  /** A user name that nobody has. */
  | 'UNKNOWN_USER';

export type AuthorisationBasis =
  /** One person proposed it, another approved it. */
  | 'APPROVED'
  /** A one-time token, made by whoever runs the server. */
  | 'BOOTSTRAP'
  /** An identity provider that is trusted to grant says so. */
  | 'PROVIDER';

export type AuthorisationFilter = {
  function?: Function | null | undefined;
  holder?: string | null | undefined;
  reach?: ReachInput | null | undefined;
  standing?: AuthorisationStanding | null | undefined;
  /** Part of the holder's name or mail address. */
  text?: string | null | undefined;
};

/** How authorisations stand, for the filter. */
export type AuthorisationStanding =
  /** It gives rights, or will when its window begins. */
  | 'ACTIVE'
  /** It is suspended because its holder has moved, and waits for those who administer it. */
  | 'MOVED'
  /** It was withdrawn, or its window is over. */
  | 'OVER'
  /** It is suspended. */
  | 'SUSPENDED';

export type AuthorisationStatus =
  /** It gives its rights. */
  | 'ACTIVE'
  /** Its window is over. */
  | 'ENDED'
  /** Its window has not begun. */
  | 'PENDING'
  /** It gives none until two people reinstate it. */
  | 'SUSPENDED'
  /** It gives none, for ever. */
  | 'WITHDRAWN';

/** What a block closes. */
export type BlockedKind =
  /** An address, or an IPv6 network. */
  | 'CLIENT'
  /** A device on which a person has signed in before. */
  | 'DEVICE'
  /** A person's account, for local sign-in. */
  | 'PERSON'
  /** A name that nobody has. */
  | 'UNKNOWN_NAME';

export type CaseChangeKind =
  | 'OPENED'
  | 'UPDATED';

export type CaseFilter = {
  /** Only cases with an open duty whose legal end has passed. */
  late?: boolean | null | undefined;
  minSeverity?: number | null | undefined;
  status?: Array<CaseStatus> | null | undefined;
  /** Number of the incident or name of the organisation, in part. */
  text?: string | null | undefined;
};

export type CaseStatus =
  | 'CLOSED'
  | 'IN_PROGRESS'
  | 'NEW';

/** Where a critical change stands. */
export type ChangeStatus =
  /** Approved and carried out. */
  | 'EXECUTED'
  /** Nobody decided in time. */
  | 'EXPIRED'
  /** Waits for a decision. */
  | 'OPEN'
  /** Somebody else said no. */
  | 'REJECTED'
  /** Whoever proposed it took it back. */
  | 'WITHDRAWN';

export type CloseAttemptBlocksInput = {
  /** At most 100. */
  ids: Array<string>;
  /** What was found, in 10 to 2000 characters. */
  reason: string;
};

export type ConfirmSeverityInput = {
  /** How many confirmations there were when the officer decided. */
  expectedConfirmations: number;
  /** The level that was proposed when the officer decided. */
  expectedProposal: number;
  incident: string;
  /** Why: 10 to 2000 characters where the level is another than proposed; otherwise it may be left out. */
  justification?: string | null | undefined;
  /** The proposed level, or another of the scale. */
  level: number;
};

export type DecideReviewItemsInput = {
  /** Ids of authorisations; at most 200. */
  authorisations: Array<string>;
  /** Confirm them, or withdraw them. */
  confirm: boolean;
  /** 10 to 2000 characters. */
  reason: string;
  review: string;
};

export type FactType =
  | 'BOOL'
  | 'COUNTRIES'
  | 'DECIMAL'
  | 'ENUM'
  | 'INSTANT'
  | 'INTEGER'
  | 'MINUTES'
  | 'MONEY_EUR'
  | 'PERCENT'
  | 'SET'
  | 'TEXT';

/** What a right lets somebody do. */
export type Function =
  /** Administer rights and, nationally, the rules. */
  | 'ADMINISTER'
  /** See who may and did do what. */
  | 'AUDIT'
  /** Decide on cases. */
  | 'DECIDE'
  /** Erase reports. */
  | 'ERASE'
  /** File reports. */
  | 'INPUT'
  /** See reports and cases. */
  | 'READ';

export type Need =
  | 'DECIDES'
  | 'IF_AVAILABLE'
  | 'OPTIONAL'
  | 'REQUIRED';

export type ObligationStatus =
  | 'LATE'
  | 'MET'
  | 'NOT_YET_OPEN'
  | 'OPEN';

/** Where a version of the rule pack stands. */
export type PackStatus =
  /** Law that is only proposed: it can be read and tried, never be published. */
  | 'DRAFT'
  /** In force. */
  | 'IN_FORCE'
  /** Somebody has proposed it; another has to approve it. */
  | 'PROPOSED'
  /** Received and checked; nobody has proposed it. */
  | 'RECEIVED'
  /** Approved; comes into force at inForceFrom. */
  | 'SCHEDULED'
  /** It was in force. */
  | 'SUPERSEDED';

export type Part =
  | 'INFORM'
  | 'LEAD'
  | 'SUPPORT';

/** What a period is counted in. */
export type PeriodUnit =
  /** Days of 24 hours. */
  | 'DAYS'
  /** Calendar months. */
  | 'MONTHS';

export type PersonLeftInput = {
  person: string;
  /** 10 to 2000 characters. */
  reason: string;
};

export type ProposeErasureInput = {
  /** Of the organisation with this CVR number; of all organisations where it is null. */
  cvr?: string | null | undefined;
  /** 10 to 2000 characters. */
  reason: string;
};

export type ProposeHoldInput = {
  /** The incident's number, e.g. V-2026-00042. */
  number: string;
  /** 10 to 2000 characters. */
  reason: string;
  /** Until when it is kept: at most five years ahead. */
  until: string;
};

export type ProposeKeepingUsesInput = {
  /** From when on. */
  from: string;
  /** Whose acts. */
  person: string;
  /** 10 to 2000 characters. */
  reason: string;
  /** Before when: later than `from`, at the latest `until`. */
  to: string;
  /** Until when they are kept: at most five years after `from`. */
  until: string;
};

export type ProposeKeyRenewalInput = {
  /** Of the organisation with this CVR number; of all organisations where it is null. */
  cvr?: string | null | undefined;
  /** 10 to 2000 characters. */
  reason: string;
};

export type ProposeLiftInput = {
  /** The incident's number, e.g. V-2026-00042. */
  number: string;
  /** 10 to 2000 characters. */
  reason: string;
};

export type ProposePackVersionInput = {
  /** From when it is in force; at least five minutes from now, so that every server knows of it in time. */
  inForceFrom: string;
  /** Why; 10 to 2000 characters. */
  reason: string;
  /**
   * Whether running incidents are re-assessed when it comes into force. Otherwise each keeps its version until
   * somebody re-assesses it.
   */
  reassessRunning?: boolean;
  version: string;
};

export type ProposeReleasingUsesInput = {
  /** Whose acts. */
  person: string;
  /** 10 to 2000 characters. */
  reason: string;
};

export type ProposeRootReplacementInput = {
  /** 10 to 2000 characters. */
  reason: string;
};

export type ProposeSettingsInput = {
  /** Which settings: all of the area, as the configuration has them. */
  area: SettingsArea;
  /** 10 to 2000 characters. */
  reason: string;
};

export type ProposeTrustInput = {
  /** The provider's name in the configuration. */
  provider: string;
  /** 10 to 2000 characters. */
  reason: string;
};

export type ReachInput = {
  /** Id of the organisation, unit or sector; nothing nationally. */
  id?: string | null | undefined;
  kind: ReachKind;
};

export type ReachKind =
  /** The national units, or the whole platform. */
  | 'NATIONAL'
  /** The reports of one organisation. */
  | 'ORGANISATION'
  /** The cases of a sector's units. */
  | 'SECTOR'
  /** The cases of one unit. */
  | 'UNIT';

export type ReassessIncidentInput = {
  incident: string;
  /** The version whose effect was read. */
  packVersion: string;
};

export type RejectChangeInput = {
  id: string;
  /** 10 to 2000 characters. */
  reason: string;
};

/** What was replaced. */
export type ReplacedKey =
  /** Keys of organisations. */
  | 'RENEWED'
  /** A root key. */
  | 'ROOT_REPLACED';

export type RequestAuthorisationInput = {
  /** From when; nothing as soon as it is approved. */
  from?: string | null | undefined;
  functions: Array<Function>;
  /** For whom; nothing for oneself. */
  holder?: string | null | undefined;
  /** For what it is needed: 10 to 2000 characters. */
  purpose: string;
  reach: ReachInput;
  /** For whoever approves: 10 to 2000 characters. */
  reason: string;
  temporary?: Temporary | null | undefined;
  /** Until when; nothing where it has no end. One for a time must have one. */
  until?: string | null | undefined;
};

export type RequestReportInput = {
  /** By when: ahead, by no more than 366 days. */
  due: string;
  incident: string;
  /** Regime and stage as Incident.requestable has them. */
  regime: string;
  stage: string;
};

/** A kind of data that is kept for a time. */
export type RetentionKind =
  /** Tokens with which programs use the API. */
  | 'API_TOKENS'
  /** Rejected attempts, counted or one by one. */
  | 'ATTEMPTS'
  /** Authorisations that have ended. */
  | 'AUTHORISATIONS'
  /** Ways in that were closed after too many attempts, and their tasks. */
  | 'BLOCKS'
  /** Incidents with everything that follows them. */
  | 'INCIDENTS'
  /** Jobs of the outbox. */
  | 'JOBS'
  /** People whom nothing that is kept names. */
  | 'PEOPLE'
  /** Critical changes that are the basis of nothing. */
  | 'PROPOSALS'
  /** Reviews of authorisations. */
  | 'REVIEWS'
  /** Sessions. */
  | 'SESSIONS'
  /** What passes between a person and Varsel on the way in. */
  | 'SIGN_INS'
  /** Entries of the log of use. */
  | 'USES';

export type ReviewVerdict =
  /** It is still needed. */
  | 'CONFIRMED'
  /** It had ended or been taken away otherwise before anybody decided. */
  | 'GONE'
  /** Nobody said so in time, and it was suspended. */
  | 'SUSPENDED'
  /** It is not, and was withdrawn. */
  | 'WITHDRAWN';

export type Role =
  /** Maintains the rules: proposes and approves critical changes; sees no incident. */
  | 'ADMINISTRATOR'
  | 'COORDINATOR'
  | 'OFFICER'
  | 'REPORTER'
  | 'SECURITY_OFFICER';

export type Sensitivity =
  | 'CONFIDENTIAL'
  | 'PERSONAL'
  | 'PLAIN';

/** Which settings are adopted together. */
export type SettingsArea =
  /** How long what is kept is kept. */
  | 'RETENTION'
  /** Who cosigns the log of use, who gets its checkpoints, and whether a server may run that could change it. */
  | 'USE_LOG';

export type SubmitReportInput = {
  facts: unknown;
  /**
   * Chosen by the client, 8 to 100 characters. The same again under the same key returns the first result; something else under
   * it is not filed.
   */
  idempotencyKey: string;
  /** The incident that is reported on further; absent for a new one. */
  incidentId?: string | null | undefined;
  /** The person has seen the warnings and wants to send all the same. */
  warningsSeen?: boolean;
};

export type Suspension =
  /** Its holder has another organisation or unit now. */
  | 'MOVED'
  /** Nobody confirmed it in a review in time. */
  | 'UNCONFIRMED';

/** Why a right is only for a time. */
export type Temporary =
  | 'AUDITOR'
  | 'TECHNICIAN';

export type UnitKind =
  | 'AUTHORITY'
  | 'CSIRT'
  | 'DATA_PROTECTION'
  | 'FINANCIAL_SUPERVISOR'
  | 'OTHER'
  | 'POLICE'
  | 'SECTOR_UNIT'
  | 'SPOC';

/** What is investigated. */
export type UseInquiry = {
  /** The number of the case in your own files: the log is used for investigations only. */
  case: string;
  /** From this moment on. */
  from?: string | null | undefined;
  /** Uses of this incident, by its number. */
  incident?: string | null | undefined;
  /** Uses of this kind, by its code. */
  kind?: string | null | undefined;
  /** Whose uses; everybody's but your own where it is not said. */
  person?: string | null | undefined;
  /** Before this moment. */
  until?: string | null | undefined;
};

export type WithdrawAuthorisationsInput = {
  /** At most 200. */
  ids: Array<string>;
  /** 10 to 2000 characters. */
  reason: string;
};
