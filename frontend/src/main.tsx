import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { makeClient } from '@/api/client';
import { loadMessages, pageLanguage, SpeechProvider } from '@/i18n';
import { makeRouter } from './router';
import './styles/main.scss';

const language = pageLanguage();
const messages = await loadMessages(language);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
	<StrictMode>
		<Provider value={makeClient()}>
			<SpeechProvider language={language} messages={messages}>
				<RouterProvider router={makeRouter()} />
			</SpeechProvider>
		</Provider>
	</StrictMode>,
);
