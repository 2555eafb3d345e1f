/** The pages of those who keep rights. */
export { AccessPage } from './AccessPage';
export { PersonPage } from './PersonPage';
export { ReviewPage } from './ReviewPage';
export { ReviewsPage } from './ReviewsPage';
