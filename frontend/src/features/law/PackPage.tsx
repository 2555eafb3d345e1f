import { Link, useRouterState, type LinkProps } from '@tanstack/react-router';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { Icon } from '@/components/Icon';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import type { VersionHeadFragment } from './law.generated';
import { VersionNote } from './Versions';

/** One version's page: its way back, its title, and the note on what the version is worth, on every page of it. */
export function PackFrame(props: {
	title: string;
	back: ReactNode;
	head: VersionHeadFragment;
	children: ReactNode;
}) {
	const hash = useRouterState({ select: ({ location }) => location.hash });
	useEffect(() => {
		// What a link leads to has only come now; it takes the focus, so that eye and ear find it.
		const target = hash ? document.getElementById(hash) : null;
		if (!target) return;
		target.tabIndex = -1;
		target.scrollIntoView({ block: 'center' });
		target.focus({ preventScroll: true });
	}, [hash]);
	return (
		<div className="law">
			{props.back}
			<PageTitle>{props.title}</PageTitle>
			<VersionNote head={props.head} />
			{props.children}
		</div>
	);
}

/** The link back to what a page is part of. */
export function BackLink({ children, ...to }: LinkProps & { children: ReactNode }) {
	return (
		<Link {...to} className="back">
			<Icon name="back" />
			{children}
		</Link>
	);
}

/**
 * Loads what a page shows of a version. Gives the version, or what to show instead: that it is on its way, that it
 * failed, or that there is none that the viewer may know of.
 */
export function usePackPage<Version>(
	query: TypedDocumentNode<{ packVersion: Version | null }, { version: string }>,
	version: string,
): { found: Version } | { instead: ReactNode } {
	const { m } = useSpeech();
	const t = useTexts(law);
	const [{ data, fetching, error }, again] = useQuery({ query, variables: { version } });
	if (data?.packVersion) return { found: data.packVersion };
	if (fetching) return { instead: <Loading failure="" /> };
	return {
		instead: (
			<>
				<PageTitle>{error ? t.title : m.notFound.title}</PageTitle>
				<Loading
					failed
					failure={error ? t.failed : t.noVersion}
					onRetry={() => again({ requestPolicy: 'network-only' })}
				/>
			</>
		),
	};
}

/** Stands where something of a version should be that is not in it. */
export function NoItem() {
	const { m } = useSpeech();
	const t = useTexts(law);
	return (
		<>
			<PageTitle>{m.notFound.title}</PageTitle>
			<p className="lead">{t.noItem}</p>
		</>
	);
}
