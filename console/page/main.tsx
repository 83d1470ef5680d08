import { render } from 'preact';
import { Shell } from './shell/shell.tsx';
import { SignIn } from './shell/sign-in.tsx';
import { isSignedIn } from './state/session.ts';
import './styles/main.css';

const Console = () => (isSignedIn.value ? <Shell /> : <SignIn />);

const root = document.getElementById('console');
if (root) render(<Console />, root);
