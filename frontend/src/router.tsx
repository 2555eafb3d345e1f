import {
	createRootRoute,
	createRoute,
	createRouter,
	lazyRouteComponent,
	type RouterHistory,
} from '@tanstack/react-router';
import { readSearch } from '@/features/queue/search';
import { Layout } from '@/routes/Layout';
import { CrashPage, NotFoundPage } from '@/routes/StaticPages';

const root = createRootRoute({
	component: Layout,
	notFoundComponent: NotFoundPage,
	errorComponent: CrashPage,
});

const start = createRoute({
	getParentRoute: () => root,
	path: '/',
	component: lazyRouteComponent(() => import('@/routes/StartPage'), 'StartPage'),
});

const signIn = createRoute({
	getParentRoute: () => root,
	path: '/sign-in',
	component: lazyRouteComponent(() => import('@/routes/SignInPage'), 'SignInPage'),
});

/** The step, the question to put the focus on, and whether one came from checking the answers. */
type ReportSearch = { step?: string | undefined; fact?: string | undefined; back?: 'check' | undefined };

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

const ofIncident = ({ incident }: Record<string, unknown>): { incident?: string | undefined } =>
	typeof incident === 'string' ? { incident } : {};

const ofPerson = ({ person }: Record<string, unknown>): { person?: string | undefined } =>
	typeof person === 'string' ? { person } : {};

const report = createRoute({
	getParentRoute: () => root,
	path: '/report',
	// The incident that is reported on further stays in the address from step to step.
	validateSearch: ofIncident,
	search: { middlewares: [({ search, next }) => ({ incident: search.incident, ...next(search) })] },
	component: lazyRouteComponent(() => import('@/features/report/ReportProvider'), 'ReportFrame'),
});

const questions = createRoute({
	getParentRoute: () => report,
	path: '/',
	validateSearch: (raw: Record<string, unknown>): ReportSearch => ({
		step: text(raw.step),
		fact: text(raw.fact),
		back: raw.back === 'check' ? 'check' : undefined,
	}),
	component: lazyRouteComponent(() => import('@/routes/ReportPage'), 'ReportPage'),
});

const check = createRoute({
	getParentRoute: () => report,
	path: '/check',
	component: lazyRouteComponent(() => import('@/routes/CheckPage'), 'CheckPage'),
});

const incident = createRoute({
	getParentRoute: () => root,
	path: '/incident/$id',
	component: lazyRouteComponent(() => import('@/routes/IncidentPage'), 'IncidentPage'),
});

type ReceiptSearch = { filing?: string | undefined; repeated?: boolean | undefined };

const receipt = createRoute({
	getParentRoute: () => root,
	path: '/incident/$id/receipt',
	// The filing whose receipt it is: the newest where none is named.
	validateSearch: (raw: Record<string, unknown>): ReceiptSearch => ({
		filing: text(raw.filing),
		repeated: raw.repeated === true ? true : undefined,
	}),
	component: lazyRouteComponent(() => import('@/routes/ReceiptPage'), 'ReceiptPage'),
});

const queue = createRoute({
	getParentRoute: () => root,
	path: '/queue/$unit',
	validateSearch: readSearch,
	component: lazyRouteComponent(() => import('@/routes/QueuePage'), 'QueuePage'),
});

const oneCase = createRoute({
	getParentRoute: () => root,
	path: '/case/$id',
	component: lazyRouteComponent(() => import('@/routes/CasePage'), 'CasePage'),
});

const law = () => import('@/routes/law');
const rules = () => import('@/routes/rules');
const top = { getParentRoute: () => root };

const lawHome = createRoute({ ...top, path: '/law', component: lazyRouteComponent(law, 'LawPage') });

const tryLaw = createRoute({
	...top,
	path: '/law/try',
	component: lazyRouteComponent(() => import('@/routes/TryPage'), 'TryPage'),
});

const lawVersion = createRoute({
	...top,
	path: '/law/$version',
	component: lazyRouteComponent(law, 'LawVersionPage'),
});

const lawPart = createRoute({
	...top,
	path: '/law/$version/$part',
	component: lazyRouteComponent(law, 'LawPartPage'),
});

const lawItem = createRoute({
	...top,
	path: '/law/$version/$part/$id',
	component: lazyRouteComponent(law, 'LawItemPage'),
});

const rulesHome = createRoute({ ...top, path: '/rules', component: lazyRouteComponent(rules, 'RulesPage') });

const rulesVersion = createRoute({
	...top,
	path: '/rules/version/$version',
	component: lazyRouteComponent(rules, 'RulesVersionPage'),
});

const change = createRoute({
	...top,
	path: '/rules/change/$id',
	component: lazyRouteComponent(rules, 'ChangePage'),
});

const providers = createRoute({
	...top,
	path: '/providers',
	component: lazyRouteComponent(rules, 'ProvidersPage'),
});

const settings = createRoute({
	...top,
	path: '/settings',
	component: lazyRouteComponent(rules, 'SettingsPage'),
});

const attempts = createRoute({
	...top,
	path: '/attempts',
	component: lazyRouteComponent(() => import('@/routes/AttemptsPage'), 'AttemptsPage'),
});

const uses = createRoute({
	...top,
	path: '/uses',
	component: lazyRouteComponent(() => import('@/routes/UsesPage'), 'UsesPage'),
});

const kept = () => import('@/routes/retention');

const retention = createRoute({
	...top,
	path: '/retention',
	component: lazyRouteComponent(kept, 'RetentionPage'),
});

const hold = createRoute({
	...top,
	path: '/retention/hold',
	validateSearch: ofIncident,
	component: lazyRouteComponent(kept, 'HoldPage'),
});

const lift = createRoute({
	...top,
	path: '/retention/lift',
	validateSearch: ofIncident,
	component: lazyRouteComponent(kept, 'LiftPage'),
});

const keepUses = createRoute({
	...top,
	path: '/retention/keep',
	validateSearch: ofPerson,
	component: lazyRouteComponent(kept, 'KeepUsesPage'),
});

const releaseUses = createRoute({
	...top,
	path: '/retention/release',
	validateSearch: ofPerson,
	component: lazyRouteComponent(kept, 'ReleaseUsesPage'),
});

const erase = createRoute({
	...top,
	path: '/retention/erase',
	component: lazyRouteComponent(kept, 'ErasePage'),
});

const keys = createRoute({
	...top,
	path: '/keys',
	component: lazyRouteComponent(kept, 'KeysPage'),
});

const compliance = createRoute({
	...top,
	path: '/compliance',
	component: lazyRouteComponent(kept, 'CompliancePage'),
});

const own = () => import('@/routes/account');

const account = createRoute({ ...top, path: '/account', component: lazyRouteComponent(own, 'AccountPage') });

const bootstrap = createRoute({
	...top,
	path: '/account/bootstrap',
	component: lazyRouteComponent(own, 'BootstrapPage'),
});

const signedIn = createRoute({
	...top,
	path: '/signed-in',
	component: lazyRouteComponent(own, 'SignedInPage'),
});

const ownAccounts = () => import('@/routes/local');

const accounts = createRoute({
	...top,
	path: '/accounts',
	component: lazyRouteComponent(ownAccounts, 'AccountsPage'),
});

const welcome = createRoute({
	...top,
	path: '/welcome',
	component: lazyRouteComponent(ownAccounts, 'WelcomePage'),
});

const confirmEmail = createRoute({
	...top,
	path: '/confirm-email',
	component: lazyRouteComponent(ownAccounts, 'ConfirmEmailPage'),
});

const requestRight = createRoute({
	...top,
	path: '/account/request',
	component: lazyRouteComponent(own, 'RequestRightPage'),
});

const access = () => import('@/routes/access');

const rights = createRoute({ ...top, path: '/access', component: lazyRouteComponent(access, 'AccessPage') });

const person = createRoute({
	...top,
	path: '/access/person/$id',
	component: lazyRouteComponent(access, 'PersonPage'),
});

const reviews = createRoute({
	...top,
	path: '/access/reviews',
	component: lazyRouteComponent(access, 'ReviewsPage'),
});

const review = createRoute({
	...top,
	path: '/access/review/$id',
	component: lazyRouteComponent(access, 'ReviewPage'),
});

const accessibility = createRoute({
	getParentRoute: () => root,
	path: '/accessibility',
	component: lazyRouteComponent(() => import('@/routes/AccessibilityPage'), 'AccessibilityPage'),
});

const routeTree = root.addChildren([
	start,
	signIn,
	report.addChildren([questions, check]),
	incident,
	receipt,
	queue,
	oneCase,
	lawHome,
	tryLaw,
	lawVersion,
	lawPart,
	lawItem,
	rulesHome,
	rulesVersion,
	change,
	providers,
	settings,
	attempts,
	uses,
	retention,
	hold,
	lift,
	keepUses,
	releaseUses,
	erase,
	keys,
	compliance,
	account,
	bootstrap,
	requestRight,
	rights,
	person,
	reviews,
	review,
	signedIn,
	accounts,
	welcome,
	confirmEmail,
	accessibility,
]);

/** The pages and their addresses. The history is the browser's, but for tests. */
export const makeRouter = (history?: RouterHistory) =>
	createRouter({
		routeTree,
		defaultPreload: 'intent',
		scrollRestoration: true,
		defaultErrorComponent: CrashPage,
		...(history ? { history } : {}),
	});

declare module '@tanstack/react-router' {
	interface Register {
		router: ReturnType<typeof makeRouter>;
	}
}
