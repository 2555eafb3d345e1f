export type Answer =
  | 'CANNOT_TELL'
  | 'NO'
  | 'YES';

export type ApproveChangeInput = {
  id: string;
  /** Of exactly what was read; a change that was altered since is refused. */
  payloadSha256: string;
};

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

export type ProposeTrustInput = {
  /** The provider's name in the configuration. */
  provider: string;
  /** 10 to 2000 characters. */
  reason: string;
};

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

export type RequestReportInput = {
  /** By when: ahead, by no more than 366 days. */
  due: string;
  incident: string;
  /** Regime and stage as Incident.requestable has them. */
  regime: string;
  stage: string;
};

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

export type SubmitReportInput = {
  facts: unknown;
  /** Chosen by the client, 8 to 100 characters. The same key again returns the first result. */
  idempotencyKey: string;
  /** The incident that is reported on further; absent for a new one. */
  incidentId?: string | null | undefined;
  /** The person has seen the warnings and wants to send all the same. */
  warningsSeen?: boolean;
};

export type UnitKind =
  | 'AUTHORITY'
  | 'CSIRT'
  | 'DATA_PROTECTION'
  | 'FINANCIAL_SUPERVISOR'
  | 'OTHER'
  | 'POLICE'
  | 'SECTOR_UNIT'
  | 'SPOC';
