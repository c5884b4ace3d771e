import '@fontsource-variable/inter'
import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import { connectToMain } from './api.ts'
import App from './App.svelte'

const api = await connectToMain()
mount(App, { target: document.getElementById('app')!, props: { api } })
